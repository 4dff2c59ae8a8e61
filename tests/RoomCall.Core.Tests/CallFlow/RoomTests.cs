using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

// Being let in, meeting a peer, losing it (S1 to S5, S7, D3, D4).
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class RoomTests
{
    private static readonly FlowRules WithMedia = new() { WantsMedia = true };

    private static readonly RoomEvent[] Repeated =
    [
        new RoomEvent.Created(FlowBench.Room, "another me", []),
        new RoomEvent.Joined(FlowBench.Room, "another me", ["stranger"], "stranger", []),
        new RoomEvent.Full(FlowBench.Room),
        new RoomEvent.Join(FlowBench.You, FlowBench.You),
    ];

    [Test]
    public void S7_joining_is_one_request()
    {
        FlowBench flow = FlowBench.Asking();

        Assert.That(flow.Done<CallEffect.JoinRoom>(), Has.One.Items);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Joining));
    }

    [Test]
    public void S1_the_first_in_the_room_is_the_initiator_and_asks_for_local_media()
    {
        FlowBench flow = FlowBench.Alone(WithMedia);

        Assert.That(flow.State.IsInitiator, Is.True);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Waiting));
        Assert.That(flow.Done<CallEffect.OpenMedia>(), Has.One.Items);
        Assert.That(flow.Raised<CallEvent.RoomJoined>().Single(), Is.EqualTo(new CallEvent.RoomJoined(FlowBench.Me, true)));
    }

    [Test]
    public void S4_the_second_in_the_room_has_its_channel_ready_and_asks_for_local_media()
    {
        FlowBench flow = FlowBench.JoinedToPeer(WithMedia);

        Assert.That((flow.State.IsInitiator, flow.State.IsChannelReady), Is.EqualTo((false, true)));
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Preparing));
        Assert.That(flow.Done<CallEffect.OpenMedia>(), Has.One.Items);
        Assert.That(flow.Raised<CallEvent.PeerJoined>().Single().Peer, Is.EqualTo(FlowBench.You));
    }

    [Test]
    public void One_that_joins_and_finds_nobody_waits()
    {
        FlowBench flow = FlowBench.Asking().Hears(new RoomEvent.Joined(FlowBench.Room, FlowBench.Me, [], FlowBench.Me, []));

        Assert.That((flow.Phase, flow.State.IsInitiator), Is.EqualTo((CallPhase.Waiting, true)));
    }

    [Test]
    public void S3_a_peer_that_comes_makes_the_channel_ready()
    {
        FlowBench flow = FlowBench.Alone(WithMedia).PeerComes();

        Assert.That(flow.State.IsChannelReady, Is.True);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Preparing));
        Assert.That(flow.Raised<CallEvent.PeerJoined>().Single().Peer, Is.EqualTo(FlowBench.You));
    }

    [Test]
    public void S2_a_full_room_ends_the_session_and_nothing_else_happens()
    {
        FlowBench flow = FlowBench.Asking(WithMedia).Hears(new RoomEvent.Full(FlowBench.Room));
        Assert.That(flow.Done<CallEffect.OpenMedia>(), Is.Empty);

        flow.RoomLeft();
        Assert.That(flow.Done<CallEffect.Complete>().Single().Reason.Code, Is.EqualTo(CallEndCode.RoomFull));
    }

    [Test]
    public void A_server_that_refuses_the_stay_ends_the_session()
    {
        FlowBench flow = FlowBench.Asking().Hears(new RoomEvent.Error(RoomErrorCode.NotAllowed, "Sign in first."));

        Assert.That(flow.State.EndReason!.Code, Is.EqualTo(CallEndCode.JoinRejected));
        Assert.That(flow.State.EndReason.Detail, Does.Contain("Sign in first."));
    }

    [Test]
    public void A_server_that_refuses_something_later_does_not_end_the_session()
    {
        FlowBench flow = FlowBench.InitiatorConnected().Hears(new RoomEvent.Error(RoomErrorCode.TooManyMessages, "Slow down."));

        Assert.That(flow.Raised<CallEvent.ServerError>().Single().Code, Is.EqualTo(RoomErrorCode.TooManyMessages));
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Connected));
    }

    [Test]
    public void A_message_that_crossed_with_the_peers_leaving_is_no_error()
    {
        FlowBench flow = FlowBench.OfferSent().Hears(new RoomEvent.Error(RoomErrorCode.UnknownPeer, "That peer is not in the room."));

        Assert.That(flow.Last, Is.Empty);
    }

    [Test]
    public void D3_the_one_who_stays_is_the_initiator_only_if_the_server_names_it_when_the_other_leaves([Values] bool saysBye)
    {
        FlowBench flow = FlowBench.JoinerConnected();
        if (saysBye)
            flow.Say(new PeerMessage.Bye());

        flow.Hears(new RoomEvent.Left(FlowBench.You, PeerLeftReason.Left, "one who is here longer"));

        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Waiting));
        Assert.That(flow.State.IsInitiator, Is.False);
    }

    [Test]
    public void S5_the_servers_log_is_shown([Values(CallPhase.Joining, CallPhase.Waiting, CallPhase.Connected)] CallPhase phase)
    {
        FlowBench flow = FlowBench.In(phase).Hears(new RoomEvent.Log(["a line"]));

        Assert.That(flow.Raised<CallEvent.ServerLog>().Single().Lines, Is.EqualTo(["a line"]));
    }

    [TestCaseSource(nameof(Repeated))]
    public void What_the_server_says_again_or_out_of_turn_is_dropped(RoomEvent repeated)
    {
        FlowBench flow = FlowBench.InitiatorConnected();
        FlowState before = flow.State;

        flow.Hears(repeated);

        Assert.That(flow.Dropped, Is.EqualTo([SignalDropCode.Unexpected]));
        Assert.That(flow.State, Is.EqualTo(before));
    }

    [Test]
    public void What_the_server_says_before_it_has_let_the_peer_in_is_dropped()
    {
        FlowBench flow = FlowBench.Asking();

        Assert.That(flow.PeerComes().Dropped, Is.EqualTo([SignalDropCode.Unexpected]));
        Assert.That(flow.PeerLeaves().Dropped, Is.EqualTo([SignalDropCode.Unexpected]));
        Assert.That(flow.Say(new PeerMessage.Offer("offer")).Dropped, Is.EqualTo([SignalDropCode.Stale]));
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Joining));
    }

    [TestCase("bye")]
    [TestCase("left")]
    [TestCase("vanished")]
    public void D3_the_one_who_stays_makes_the_next_offer_with_a_higher_generation(string how)
    {
        FlowBench flow = FlowBench.JoinerConnected();
        _ = how switch
        {
            "bye" => flow.Say(new PeerMessage.Bye()).PeerLeaves(),
            "left" => flow.PeerLeaves(),
            _ => flow.PeerLeaves(reason: PeerLeftReason.Vanished),
        };
        Assert.That((flow.Phase, flow.State.IsInitiator), Is.EqualTo((CallPhase.Waiting, true)));

        flow.PeerComes(FlowBench.Next).Offers();
        Assert.That(flow.Sent<PeerMessage.Offer>().Single().Generation, Is.EqualTo(2));
        Assert.That(flow.Done<CallEffect.Send>().First().To, Is.EqualTo(FlowBench.Next));
    }

    [TestCase(PeerLeftReason.Left, CallEndCode.RemoteLeft)]
    [TestCase(PeerLeftReason.Vanished, CallEndCode.RemoteVanished)]
    [TestCase(PeerLeftReason.TooSlow, CallEndCode.RemoteVanished)]
    public void D4_a_peer_that_is_gone_ends_the_call_and_not_the_session(PeerLeftReason reason, CallEndCode code)
    {
        FlowBench flow = FlowBench.InitiatorConnected().PeerLeaves(reason: reason);

        Assert.That(flow.Raised<CallEvent.PeerLeft>().Single().Peer, Is.EqualTo(FlowBench.You));
        Assert.That(flow.Raised<CallEvent.CallEnded>().Single().Reason.Code, Is.EqualTo(code));
        Assert.That(flow.Done<CallEffect.ClosePeerConnection>(), Has.One.Items);
        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Waiting));
    }

    [TestCase(PeerLeftReason.Left, CallEndCode.RemoteLeft)]
    [TestCase(PeerLeftReason.Vanished, CallEndCode.RemoteVanished)]
    public void A_session_that_wants_it_ends_when_the_remote_leaves(PeerLeftReason reason, CallEndCode code)
    {
        FlowBench flow = FlowBench.InitiatorConnected(new FlowRules { EndWhenRemoteLeaves = true }).PeerLeaves(reason: reason);

        Assert.That(flow.Phase, Is.EqualTo(CallPhase.Ending));
        Assert.That(flow.State.EndReason!.Code, Is.EqualTo(code));
        Assert.That(flow.Sent<PeerMessage.Bye>(), Is.Empty, "there is nobody to tell");
    }

    [Test]
    public void A_peer_that_leaves_twice_leaves_once()
    {
        FlowBench flow = FlowBench.InitiatorConnected().PeerLeaves();
        FlowState before = flow.State;

        flow.PeerLeaves();

        Assert.That(flow.Last, Is.Empty);
        Assert.That(flow.State, Is.EqualTo(before));
    }

    [Test]
    public void That_an_earlier_peer_left_does_not_touch_the_next_ones_call()
    {
        FlowBench flow = FlowBench.InitiatorConnected().Say(new PeerMessage.Bye()).PeerComes(FlowBench.Next);
        FlowState before = flow.State;

        flow.PeerLeaves();

        Assert.That(flow.State, Is.EqualTo(before));
    }

    [Test]
    public void A_joiner_whose_initiator_leaves_while_it_answers_becomes_the_initiator_and_what_was_under_way_is_ignored()
    {
        FlowBench flow = FlowBench.OfferTaken().PeerLeaves().PeerComes(FlowBench.Next);
        FlowState before = flow.State;
        Assert.That((before.IsInitiator, before.Step), Is.EqualTo((true, NegotiationStep.CreatingOffer)));

        flow.Give(new CallInput.RemoteDescriptionApplied(1))
            .Give(new CallInput.OperationFailed(1, EngineOperation.SetRemoteDescription, "closed"));

        Assert.That(flow.State, Is.EqualTo(before));
    }
}
