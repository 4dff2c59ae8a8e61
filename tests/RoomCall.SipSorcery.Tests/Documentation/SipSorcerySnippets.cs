using System.Reactive.Linq;
using Microsoft.Extensions.DependencyInjection;
using SIPSorcery.Media;

namespace RoomCall.SipSorcery.Tests.Documentation;

/// <summary>The code of the package's README.</summary>
public sealed class SipSorcerySnippets
{
    [Test]
    public async Task The_services_of_the_readme_have_the_engine()
    {
        ServiceCollection services = new();

        #region Set up
        services.AddRoomCall(options => options.Media = new SipSorceryMediaSource(audio: () => new AudioExtrasSource(
                    new AudioEncoder(includeOpus: true), new AudioSourceOptions { AudioSource = AudioSourcesEnum.SineWave })))
                .UseWebSockets(options => options.Endpoint = new Uri("wss://example.org/room"))
                .UseSipSorcery();
        #endregion

        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.That(provider.GetRequiredService<PeerConnections.IPeerConnectionFactory>(), Is.TypeOf<SipSorceryPeerConnectionFactory>());
        Assert.That(provider.GetRequiredService<ICallClient>(), Is.Not.Null);
    }

    internal static void Listen(ICallSession session)
    {
        #region Listen
        session.Events.OfType<CallEvent.RemoteStreamAdded>()
            .SelectMany(added => added.Stream.Tracks.OfType<RemoteAudioTrack>())
            .SelectMany(track => track.Frames)
            .Subscribe(frame => Console.WriteLine($"{frame.EncodedAudio.Length} bytes of {frame.AudioFormat.FormatName}"));
        #endregion
    }
}
