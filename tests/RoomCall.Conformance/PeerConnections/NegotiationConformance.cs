using RoomCall.DataChannels;
using RoomCall.PeerConnections;

namespace RoomCall.Conformance;

/// <summary>Offer and answer (book rows S12, S13, S20; RFC 9429).</summary>
public abstract class NegotiationConformance : PeerConnectionConformance
{
    private static readonly SessionDescription Garbage = new(SdpType.Offer, "this is no SDP");

    [Test]
    public async Task Offer_answer_and_candidates_connect_two_peers()
    {
        await using TestCall call = await CallAsync();
        await call.OpenAsync().WaitAsync(Patience);

        await call.Offerer.When(PeerConnectionState.Connected).WaitAsync(Patience);
        await call.Answerer.When(PeerConnectionState.Connected).WaitAsync(Patience);
        Assert.That(call.Offerer.States.All, Is.EqualTo(new[] { PeerConnectionState.Connecting, PeerConnectionState.Connected }));
        Assert.That(call.Answerer.States.All, Is.EqualTo(new[] { PeerConnectionState.Connecting, PeerConnectionState.Connected }));
    }

    [Test]
    public async Task Descriptions_are_real_SDP_of_their_type()
    {
        await using TestCall call = await CallAsync();
        call.Offerer.Connection.CreateDataChannel(TestCall.Label, DataChannelOptions.Reliable);
        SessionDescription offer = await call.Offerer.OfferAsync().WaitAsync(Patience);
        SessionDescription answer = await call.Answerer.AnswerAsync(offer).WaitAsync(Patience);

        Assert.That(offer.Type, Is.EqualTo(SdpType.Offer));
        Assert.That(answer.Type, Is.EqualTo(SdpType.Answer));
        foreach (SessionDescription description in new[] { offer, answer })
        {
            Assert.That(description.Sdp, Does.StartWith("v=0"));
            Assert.That(description.Sdp, Does.Contain("m=application").And.Contain("a=ice-ufrag:").And.Contain("a=fingerprint:"));
        }

        Assert.That(answer.Sdp, Does.Contain("a=setup:active").Or.Contain("a=setup:passive"));
    }

    [Test]
    public async Task An_answer_is_made_only_to_a_remote_offer()
    {
        await using TestPeer peer = await PeerAsync();
        Assert.That(async () => await peer.Connection.CreateAnswerAsync(default), Throws.InvalidOperationException);
    }

    [Test]
    public async Task A_remote_answer_that_nobody_awaits_is_refused_and_changes_nothing()
    {
        await using TestCall call = await CallAsync();
        await using TestCall other = await CallAsync();
        other.Offerer.Connection.CreateDataChannel(TestCall.Label, DataChannelOptions.Reliable);
        SessionDescription answer = await other.Answerer.AnswerAsync(await other.Offerer.OfferAsync());

        Assert.That(async () => await call.Offerer.Connection.SetRemoteDescriptionAsync(answer, default), Throws.InvalidOperationException);
        await call.OpenAsync().WaitAsync(Patience);
    }

    [Test]
    public async Task A_second_answer_is_refused_and_the_call_goes_on()
    {
        await using TestCall call = await CallAsync();
        (TestChannel near, TestChannel far) = await call.OpenAsync().WaitAsync(Patience);
        SessionDescription answer = new(SdpType.Answer, "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");

        Assert.That(async () => await call.Offerer.Connection.SetRemoteDescriptionAsync(answer, default), Throws.InvalidOperationException);
        near.Transport.Send(DataMessage.FromText("still here"));
        Assert.That((await far.Messages.FirstAsync().WaitAsync(Patience)).Text, Is.EqualTo("still here"));
    }

    [Test]
    public async Task A_remote_description_that_cannot_be_read_is_a_format_error_and_changes_nothing()
    {
        await using TestCall call = await CallAsync();
        Assert.That(async () => await call.Answerer.Connection.SetRemoteDescriptionAsync(Garbage, default), Throws.InstanceOf<FormatException>());
        await call.OpenAsync().WaitAsync(Patience);
    }

    [Test]
    public async Task An_answer_that_cannot_be_read_leaves_the_offer_pending()
    {
        await using TestCall call = await CallAsync();
        call.Offerer.Connection.CreateDataChannel(TestCall.Label, DataChannelOptions.Reliable);
        SessionDescription offer = await call.Offerer.OfferAsync().WaitAsync(Patience);
        Assert.That(
            async () => await call.Offerer.Connection.SetRemoteDescriptionAsync(Garbage with { Type = SdpType.Answer }, default),
            Throws.InstanceOf<FormatException>());

        await call.Offerer.AcceptAsync(await call.Answerer.AnswerAsync(offer)).WaitAsync(Patience);
        call.Offerer.TrickleTo(call.Answerer);
        call.Answerer.TrickleTo(call.Offerer);
        await call.Offerer.When(PeerConnectionState.Connected).WaitAsync(Patience);
    }

    [Test]
    public async Task Offers_that_cross_are_rolled_back_or_refused()
    {
        await using TestCall call = await CallAsync();
        call.Offerer.Connection.CreateDataChannel("one", DataChannelOptions.Reliable);
        call.Answerer.Connection.CreateDataChannel("two", DataChannelOptions.Reliable);
        SessionDescription kept = await call.Offerer.OfferAsync().WaitAsync(Patience);
        await call.Answerer.OfferAsync().WaitAsync(Patience);

        if (!Capabilities.Rollback)
        {
            Assert.That(async () => await call.Answerer.Connection.SetRemoteDescriptionAsync(kept, default), Throws.InvalidOperationException);
            return;
        }

        await call.Offerer.AcceptAsync(await call.Answerer.AnswerAsync(kept)).WaitAsync(Patience);
        call.Offerer.TrickleTo(call.Answerer);
        call.Answerer.TrickleTo(call.Offerer);
        await call.Answerer.Channels.FirstAsync(static channel => channel.Label == "one").WaitAsync(Patience);
        await call.Offerer.Channels.FirstAsync(static channel => channel.Label == "two").WaitAsync(Patience);
    }

    [Test]
    public async Task ICE_restarts_where_the_engine_can_and_is_refused_where_it_cannot()
    {
        await using TestCall call = await CallAsync();
        (TestChannel near, TestChannel far) = await call.OpenAsync().WaitAsync(Patience);
        if (!Capabilities.IceRestart)
        {
            Assert.That(
                async () => await call.Offerer.Connection.CreateOfferAsync(new(IceRestart: true), default), Throws.InstanceOf<NotSupportedException>());
            return;
        }

        await call.NegotiateAsync(new(IceRestart: true)).WaitAsync(Patience);
        near.Transport.Send(DataMessage.FromText("after the restart"));
        Assert.That((await far.Messages.FirstAsync().WaitAsync(Patience)).Text, Is.EqualTo("after the restart"));
    }

    [Test]
    public async Task A_cancelled_token_ends_an_operation()
    {
        await using TestPeer peer = await PeerAsync();
        CancellationToken cancelled = new(canceled: true);
        Assert.That(async () => await peer.Connection.CreateOfferAsync(default, cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await Factory.CreateAsync(new(), peer, cancelled), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task The_observer_hears_one_thing_at_a_time()
    {
        await using TestCall call = await CallAsync();
        await call.OpenAsync().WaitAsync(Patience);
        Assert.That(call.Offerer.Overlapped || call.Answerer.Overlapped, Is.False);
    }
}
