using RoomCall.Media;
using RoomCall.PeerConnections;

namespace RoomCall.Conformance;

/// <summary>Local and remote streams (book rows S17, S21).</summary>
public abstract class MediaConformance : PeerConnectionConformance
{
    /// <summary>Gives a source of the engine whose streams have an audio and, where the engine can, a video track.</summary>
    protected abstract IMediaSource CreateMediaSource();

    [Test]
    public async Task Each_side_is_told_of_the_others_stream()
    {
        await using TestCall call = await CallAsync();
        await using IMediaStream ours = await CreateMediaSource().OpenAsync(default);
        await using IMediaStream theirs = await CreateMediaSource().OpenAsync(default);
        call.Offerer.Connection.AddStream(ours);
        call.Answerer.Connection.AddStream(theirs);
        await call.NegotiateAsync().WaitAsync(Patience);

        IMediaStream atAnswerer = await call.Answerer.Streams.FirstAsync().WaitAsync(Patience);
        IMediaStream atOfferer = await call.Offerer.Streams.FirstAsync().WaitAsync(Patience);
        Assert.That(atAnswerer.Id, Is.EqualTo(ours.Id));
        Assert.That(atOfferer.Id, Is.EqualTo(theirs.Id));
        Assert.That(atAnswerer.Tracks.Select(static track => track.Kind), Is.EquivalentTo(ours.Tracks.Select(static track => track.Kind)));
    }

    [Test]
    public async Task A_side_without_media_hears_the_other()
    {
        await using TestCall call = await CallAsync();
        await using IMediaStream ours = await CreateMediaSource().OpenAsync(default);
        call.Offerer.Connection.AddStream(ours);
        await call.NegotiateAsync().WaitAsync(Patience);
        await call.Answerer.Streams.FirstAsync().WaitAsync(Patience);
        await call.Offerer.When(PeerConnectionState.Connected).WaitAsync(Patience);
        Assert.That(call.Offerer.Streams.All, Is.Empty);
    }

    [Test]
    public async Task A_stream_of_another_engine_is_refused()
    {
        await using TestPeer peer = await PeerAsync();
        Assert.That(() => peer.Connection.AddStream(new ForeignStream()), Throws.ArgumentException);
    }

    private sealed class ForeignStream : IMediaStream
    {
        public string Id => "foreign";

        public IReadOnlyList<IMediaTrack> Tracks => [];

        public ValueTask DisposeAsync() => default;
    }
}
