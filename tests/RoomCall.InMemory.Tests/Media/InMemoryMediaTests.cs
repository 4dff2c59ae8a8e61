using RoomCall.Conformance;
using RoomCall.Media;
using RoomCall.PeerConnections;

namespace RoomCall.InMemory.Tests;

public sealed class InMemoryMediaTests
{
    [Test]
    public async Task Frames_of_a_local_track_are_shown_on_the_remote_one_unless_it_is_disabled()
    {
        await using TestCall call = await TestCall.CreateAsync(Engines.Full());
        InMemoryMediaStream local = (InMemoryMediaStream)await new InMemoryMediaSource().OpenAsync(default);
        call.Offerer.Connection.AddStream(local);
        await call.NegotiateAsync();
        InMemoryMediaStream remote = (InMemoryMediaStream)await call.Answerer.Streams.FirstAsync();
        await call.Offerer.When(PeerConnectionState.Connected).WaitAsync(TimeSpan.FromSeconds(20));
        List<byte> shown = [];
        using IDisposable thrower = remote.Tracks[1].Frames.Subscribe(new Observer(static _ => throw new InvalidOperationException("isolated")));
        using IDisposable viewer = remote.Tracks[1].Frames.Subscribe(new Observer(frame => shown.Add(frame.Span[0])));

        local.Tracks[1].Send(new byte[] { 1 });
        local.Tracks[1].Enabled = false;
        local.Tracks[1].Send(new byte[] { 2 });
        local.Tracks[1].Enabled = true;
        remote.Tracks[1].Enabled = false;
        local.Tracks[1].Send(new byte[] { 3 });
        remote.Tracks[1].Enabled = true;
        local.Tracks[0].Send(new byte[] { 4 });
        local.Tracks[1].Send(new byte[] { 5 });

        Assert.That(shown, Is.EqualTo(new byte[] { 1, 5 }));
        Assert.That(() => remote.Tracks[0].Send(default), Throws.InvalidOperationException);
    }

    [Test]
    public async Task A_stream_that_a_later_description_does_not_name_is_removed()
    {
        await using TestCall call = await TestCall.CreateAsync(Engines.Full());
        call.Offerer.Connection.AddStream(await new InMemoryMediaSource(video: false).OpenAsync(default));
        await call.NegotiateAsync();
        IMediaStream added = await call.Answerer.Streams.FirstAsync();
        SessionDescription offer = await call.Offerer.OfferAsync();
        await call.Answerer.AnswerAsync(offer with { Sdp = offer.Sdp.Replace("a=sendrecv", "a=recvonly", StringComparison.Ordinal) });
        Assert.That(await call.Answerer.RemovedStreams.FirstAsync(), Is.SameAs(added));
    }

    [Test]
    public async Task Consent_is_waited_for_and_granted_or_refused()
    {
        InMemoryMediaSource source = new(askConsent: true);
        Task<IMediaStream> waiting = source.OpenAsync(default).AsTask();
        Assert.That(waiting.IsCompleted, Is.False);
        source.Grant();
        Assert.That((await waiting.WaitAsync(TimeSpan.FromSeconds(20))).Tracks, Has.Count.EqualTo(2));
        source.Refuse();
        Assert.That(async () => await source.OpenAsync(default), Throws.InstanceOf<MediaRefusedException>());
        source.Fail(new IOException("unplugged"));
        Assert.That(async () => await source.OpenAsync(default), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void Waiting_for_consent_ends_with_the_token()
    {
        InMemoryMediaSource source = new(askConsent: true);
        Assert.That(async () => await source.OpenAsync(new(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    private sealed class Observer(Action<ReadOnlyMemory<byte>> show) : IObserver<ReadOnlyMemory<byte>>
    {
        public void OnNext(ReadOnlyMemory<byte> value) => show(value);

        public void OnError(Exception error)
        {
        }

        public void OnCompleted()
        {
        }
    }
}
