using RoomCall.PeerConnections;

namespace RoomCall.Conformance;

/// <summary>Offer, answer and candidates (book rows S6, S8, S12 to S14, S16 to S20; defect D2).</summary>
public abstract class CallNegotiationConformance : CallConformance
{
    [Test]
    public async Task S12_S13_S20_The_initiator_offers_and_the_joiner_answers_once()
    {
        ICallSession initiator = await JoinAsync();
        CallLog atInitiator = new(initiator);
        ICallSession joiner = await JoinAsync();
        CallLog atJoiner = new(joiner);
        await TalkAsync(initiator, joiner);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(atInitiator.Sent.Count(kind => kind == SignalKind.Offer), Is.InRange(1, 2), "parked, or sent where the joiner was faster");
            Assert.That(atInitiator.Received.Count(kind => kind == SignalKind.Answer), Is.EqualTo(1));
            Assert.That(atJoiner.Received.Count(kind => kind == SignalKind.Offer), Is.EqualTo(1));
            Assert.That(atJoiner.Sent.Count(kind => kind == SignalKind.Answer), Is.EqualTo(1));
            Assert.That(atJoiner.Sent, Does.Not.Contain(SignalKind.Offer));
            Assert.That((initiator.State.Generation, joiner.State.Generation), Is.EqualTo((1, 1)));
            Assert.That(initiator.State.SignalingState, Is.EqualTo(SignalingState.Stable));
        }
    }

    [Test]
    public async Task S14_S16_S19_Candidates_follow_their_description_and_their_end_is_an_event_only()
    {
        ICallSession initiator = await JoinAsync();
        CallLog log = new(initiator);
        ICallSession joiner = await JoinAsync();
        await TalkAsync(initiator, joiner);
        await log.SawAsync<CallEvent.GatheringCompleted>();

        List<SignalKind> sent = [.. log.Sent];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Does.Contain(SignalKind.Candidate));
            Assert.That(sent.IndexOf(SignalKind.Candidate), Is.GreaterThan(sent.IndexOf(SignalKind.Offer)));
            Assert.That(log.Dropped, Is.Empty);
        }
    }

    [Test]
    public async Task D2_Candidates_that_come_before_local_media_are_kept_and_used()
    {
        ICallSession initiator = await JoinAsync();
        CallSide side = World.CreateSide();
        ConsentSource media = new(side.CreateMedia());
        CallOptions options = Options();
        options.Media = media;
        ICallSession joiner = await JoinAsync(side, options);
        CallLog log = new(joiner);
        await log.SawAsync<CallEvent.SignalReceived>(received => received.Kind == SignalKind.Candidate);

        media.Grant();
        await TalkAsync(initiator, joiner);

        Assert.That(log.Dropped, Is.Empty);
    }

    [Test]
    public async Task S17_The_states_go_in_the_order_of_a_call_on_both_sides()
    {
        ICallSession initiator = await JoinAsync();
        CallLog atInitiator = new(initiator);
        ICallSession joiner = await JoinAsync();
        CallLog atJoiner = new(joiner);
        await TalkAsync(initiator, joiner);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Phases(atInitiator), Is.Ordered.And.Unique);
            Assert.That(Phases(atJoiner), Is.Ordered.And.Unique);
            Assert.That(initiator.State.Phase, Is.EqualTo(CallPhase.Connected));
        }
    }

    private static List<CallPhase> Phases(CallLog log)
    {
        List<CallPhase> phases = [];
        foreach (CallState state in log.States)
        {
            if (phases.Count == 0 || phases[^1] != state.Phase)
            {
                phases.Add(state.Phase);
            }
        }

        return phases;
    }
}
