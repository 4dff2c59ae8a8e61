using System.Reactive.Linq;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using RoomCall.DataChannels;
using RoomCall.InMemory;
using RoomCall.Media;

namespace RoomCall.Repository.Documentation.Snippets;

/// <summary>The code of docs/first-call.md, as it is printed there.</summary>
public class FirstCallSnippets
{
    [Test]
    [CancelAfter(30_000)]
    public async Task A_call_from_joining_to_hanging_up(CancellationToken cancellationToken)
    {
        #region world
        InMemoryWorld world = new();
        ICallClient client = world.CreateClient();
        #endregion

        #region join
        await using ICallSession alice = await client.JoinAsync("lobby", cancellationToken: cancellationToken);
        await using ICallSession bob = await client.JoinAsync("lobby", cancellationToken: cancellationToken);

        await alice.WhenConnectedAsync(cancellationToken);
        #endregion

        #region watch
        using IDisposable phases = alice.States
            .Select(state => state.Phase)
            .DistinctUntilChanged()
            .Subscribe(phase => Console.WriteLine($"Alice: {phase}"));

        using IDisposable events = alice.Events.Subscribe(Console.WriteLine);
        #endregion

        #region talk
        await alice.DataChannel.SendAsync("Hello, Bob!", cancellationToken);

        DataMessage message = await bob.DataChannel.ReceiveAsync(cancellationToken);
        Console.WriteLine(message.Text);
        #endregion

        #region hangup
        await alice.HangUpAsync(cancellationToken);
        CallEndReason reason = await alice.Completion;
        Console.WriteLine(reason.Code);
        #endregion

        Assert.That(reason.Code, Is.EqualTo(CallEndCode.HungUp));

        #region next
        await bob.WhenAsync(state => state.Phase == CallPhase.Waiting, cancellationToken);

        await using ICallSession carol = await client.JoinAsync("lobby", cancellationToken: cancellationToken);
        await bob.WhenConnectedAsync(cancellationToken);
        #endregion

        Assert.That(bob.State.IsInitiator, Is.True);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_file_over_a_further_channel(CancellationToken cancellationToken)
    {
        ICallClient client = new InMemoryWorld().CreateClient();
        await using ICallSession alice = await client.JoinAsync("lobby", cancellationToken: cancellationToken);
        await using ICallSession bob = await client.JoinAsync("lobby", cancellationToken: cancellationToken);
        byte[] content = RandomNumberGenerator.GetBytes(100_000);
        using MemoryStream source = new(content), target = new();
        Task receiving = ReceiveAsync();
        await SendAsync();
        await receiving;
        Assert.That(target.ToArray(), Is.EqualTo(content));

        async Task SendAsync()
        {
            #region send-file
            await alice.WhenConnectedAsync(cancellationToken);
            IDataChannel channel = await alice.OpenDataChannelAsync("file", cancellationToken: cancellationToken);

            DataChannelStreamOptions options = new() { Written = new Progress<long>(bytes => Console.WriteLine($"{bytes} bytes")) };
            await using DataChannelStream stream = channel.AsStream(options);
            await source.CopyToAsync(stream, cancellationToken);
            await stream.CompleteWritesAsync(cancellationToken);
            #endregion
        }

        async Task ReceiveAsync()
        {
            #region receive-file
            IDataChannel channel = await bob.AcceptDataChannelAsync("file", cancellationToken);
            await using DataChannelStream stream = channel.AsStream();
            await stream.CopyToAsync(target, cancellationToken);
            #endregion
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_refused_camera(CancellationToken cancellationToken)
    {
        InMemoryWorld world = new();
        IMediaSource camera = new RefusingCamera();
        ICallClient client = world.CreateClient();

        #region media
        CallOptions options = new()
        {
            Media = camera,
            ContinueWithoutMedia = false,
            WhenRemoteLeaves = RemoteLeftPolicy.EndSession,
            Timeouts = new CallTimeouts { Media = TimeSpan.FromSeconds(30) },
        };
        await using ICallSession call = await client.JoinAsync("lobby", options, cancellationToken);
        #endregion

        #region end
        CallEndReason reason = await call.WhenCompletedAsync(cancellationToken);
        string text = reason.Code switch
        {
            CallEndCode.MediaRefused => "You did not allow the camera.",
            CallEndCode.RemoteHungUp => "The other side hung up.",
            CallEndCode.RemoteVanished => "The other side was lost.",
            _ => reason.Detail,
        };
        #endregion

        Assert.That(text, Is.EqualTo("You did not allow the camera."));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_full_room(CancellationToken cancellationToken)
    {
        ICallClient client = new InMemoryWorld().CreateClient();
        await using ICallSession alice = await client.JoinAsync("lobby", cancellationToken: cancellationToken);
        await using ICallSession bob = await client.JoinAsync("lobby", cancellationToken: cancellationToken);
        CallEndCode? code = null;

        #region full
        try
        {
            await using ICallSession carol = await client.JoinAsync("lobby", cancellationToken: cancellationToken);
        }
        catch (RoomCallException exception) when (exception.EndReason is { } reason)
        {
            Console.WriteLine(reason.Detail);
            code = reason.Code;
        }
        #endregion

        Assert.That(code, Is.EqualTo(CallEndCode.RoomFull));
    }

    [Test]
    public void Registration()
    {
        ServiceCollection services = new();

        #region services
        services.AddRoomCall(options => options.WhenRemoteLeaves = RemoteLeftPolicy.EndSession)
                .UseInMemory();
        #endregion

        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.That(provider.GetRequiredService<ICallClient>(), Is.Not.Null);
    }

    private sealed class RefusingCamera : IMediaSource
    {
        public ValueTask<IMediaStream> OpenAsync(CancellationToken cancellationToken) => throw new MediaRefusedException();
    }
}
