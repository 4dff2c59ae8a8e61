using RoomCall.DataChannels;

namespace RoomCall.Conformance;

/// <summary>Calls with one who waits and has left its offer with the server, over the wire (book rows S1, S3, S4, S10, S20).</summary>
public abstract class CallParkingConformance : CallConformance
{
    [Test]
    public async Task One_who_waits_is_called_with_the_offer_that_it_has_made_ahead()
    {
        (ICallSession waiting, CallLog log) = await WaitWithOfferAsync();
        ICallSession joiner = await JoinAsync();
        CallLog atJoiner = new(joiner);

        await TalkAsync(waiting, joiner);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(atJoiner.Received.Count(kind => kind == SignalKind.Offer), Is.EqualTo(1));
            Assert.That(atJoiner.Dropped.Concat(log.Dropped), Is.Empty);
            Assert.That((waiting.State.Generation, joiner.State.Generation), Is.EqualTo((1, 1)));
        }
    }

    [Test]
    public async Task S10_The_gate_of_one_who_waits_stays_closed()
    {
        (ICallSession waiting, CallLog log) = await WaitWithOfferAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(waiting.State.IsStarted, Is.False);
            Assert.That(waiting.State.IsChannelReady, Is.False);
            Assert.That(log.Events.OfType<CallEvent.CallStarted>(), Is.Empty);
        }
    }

    [Test]
    public async Task Where_it_is_not_wanted_nothing_is_said_before_somebody_comes()
    {
        ICallSession waiting = await JoinAsync(null, Options() with { ParkOffer = false });
        CallLog log = new(waiting);
        await ReachedAsync(waiting, CallPhase.Waiting);

        ICallSession joiner = await JoinAsync();
        await TalkAsync(waiting, joiner);

        List<CallEvent> events = [.. log.Events];
        Assert.That(
            events.FindIndex(one => one is CallEvent.SignalSent),
            Is.GreaterThan(events.FindIndex(one => one is CallEvent.PeerJoined)));
    }

    [Test]
    public async Task D3_The_one_who_stays_makes_another_offer_ahead_for_the_next_who_comes()
    {
        (ICallSession staying, CallLog log) = await WaitWithOfferAsync();
        ICallSession first = await JoinAsync();
        await TalkAsync(staying, first);

        await first.HangUpAsync().Soon();
        await log.SawAsync<CallEvent.SignalSent>(sent => sent is { Kind: SignalKind.Offer, Generation: 2 });
        ICallSession second = await JoinAsync();
        await TalkAsync(staying, second);

        Assert.That((staying.State.Generation, second.State.Generation), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task S18_What_is_sent_while_one_waits_is_heard_by_the_one_who_comes()
    {
        (ICallSession waiting, _) = await WaitWithOfferAsync();
        await waiting.DataChannel.SendAsync("I am here already").Soon();

        ICallSession joiner = await JoinAsync();

        Assert.That(await HearAsync(await joiner.WhenDataChannelOpenAsync().Soon()), Is.EqualTo("I am here already"));
    }

    [Test]
    public async Task A_data_channel_that_is_closed_while_one_waits_is_followed_by_that_of_the_call()
    {
        (ICallSession waiting, _) = await WaitWithOfferAsync();
        IDataChannel closed = waiting.DataChannel;
        await closed.CloseAsync().Soon();

        await TalkAsync(waiting, await JoinAsync());

        Assert.That(waiting.DataChannel, Is.Not.SameAs(closed));
    }

    [Test]
    public async Task One_who_leaves_before_anybody_has_come_leaves_nothing_behind()
    {
        (ICallSession leaving, CallLog log) = await WaitWithOfferAsync();
        await leaving.HangUpAsync().Soon();
        Assert.That(log.Events.OfType<CallEvent.CallEnded>(), Is.Empty);

        ICallSession next = await JoinAsync();
        await ReachedAsync(next, CallPhase.Waiting);
        await TalkAsync(next, await JoinAsync());
    }

    [Test]
    public async Task A_book_peer_with_its_media_at_hand_takes_the_offer_that_waits()
    {
        (ICallSession waiting, _) = await WaitWithOfferAsync();
        await using BookPeer book = await BookPeer.EnterAsync(World.CreateSide(), hasLocalMedia: true);

        IDataChannel channel = await waiting.WhenDataChannelOpenAsync().Soon();
        await book.Open.Soon();
        book.Say("from the book");

        Assert.That(await HearAsync(channel), Is.EqualTo("from the book"));
    }

    [Test]
    public async Task A_book_peer_that_waits_calls_as_ever()
    {
        await using BookPeer book = await BookPeer.EnterAsync(World.CreateSide(), hasLocalMedia: true);
        ICallSession joiner = await JoinAsync();

        IDataChannel channel = await joiner.WhenDataChannelOpenAsync().Soon();
        await channel.SendAsync("to the book").Soon();

        Assert.That(await book.HearAsync(), Is.EqualTo("to the book"));
    }

    private async Task<(ICallSession Waiting, CallLog Log)> WaitWithOfferAsync()
    {
        ICallSession waiting = await JoinAsync();
        CallLog log = new(waiting);
        await log.SawAsync<CallEvent.SignalSent>(sent => sent.Kind == SignalKind.Offer);
        return (waiting, log);
    }
}
