using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

// D5: media that is refused, fails or is not there in time.
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class MediaTests
{
    private static readonly FlowRules Needed = new() { WantsMedia = true };
    private static readonly FlowRules Wanted = new() { WantsMedia = true, ContinueWithoutMedia = true };

    [TestCase(CallEndCode.MediaRefused, "media-refused")]
    [TestCase(CallEndCode.MediaFailed, "media-failed")]
    [TestCase(CallEndCode.MediaTimedOut, "media-timed-out")]
    public void Without_media_that_is_needed_the_session_ends_and_the_peer_is_told_why(CallEndCode code, string reason)
    {
        FlowBench flow = Fail(FlowBench.JoinedToPeer(Needed), code);

        Assert.That(flow.Sent<PeerMessage.Bye>().Single().Reason, Is.EqualTo(reason));
        Assert.That(flow.State.LocalMedia, Is.EqualTo(LocalMediaState.Failed));
        Assert.That(flow.RoomLeft().Done<CallEffect.Complete>().Single().Reason.Code, Is.EqualTo(code));
    }

    [TestCase(CallEndCode.MediaRefused)]
    [TestCase(CallEndCode.MediaFailed)]
    [TestCase(CallEndCode.MediaTimedOut)]
    public void Without_media_that_is_only_wanted_the_call_goes_on(CallEndCode code)
    {
        FlowBench flow = Fail(FlowBench.Alone(Wanted).PeerComes(), code);

        Assert.That(flow.Raised<CallEvent.LocalMediaAbsent>().Single().Reason.Code, Is.EqualTo(code));
        Assert.That(flow.Sent<PeerMessage.GotUserMedia>(), Has.One.Items);
        Assert.That((flow.Phase, flow.State.LocalMedia), Is.EqualTo((CallPhase.Negotiating, LocalMediaState.Absent)));
    }

    [Test]
    public void An_offer_that_waits_is_taken_without_media_too()
    {
        FlowBench flow = FlowBench.JoinedToPeer(Wanted).Say(new PeerMessage.Offer("early", 1)).MediaFailed();

        Assert.That(flow.Done<CallEffect.SetRemoteDescription>(), Has.One.Items);
    }

    [Test]
    public void Media_that_fails_while_nobody_is_there_ends_the_session()
    {
        FlowBench flow = FlowBench.Alone(Needed).MediaFailed();

        Assert.That(flow.Done<CallEffect.Send>(), Is.Empty);
        Assert.That(flow.State.EndReason!.Code, Is.EqualTo(CallEndCode.MediaRefused));
    }

    [Test]
    public void Media_that_comes_when_its_time_is_up_is_wanted_no_more()
    {
        FlowBench flow = FlowBench.Alone(Wanted).Elapses(FlowTimer.Media);
        Assert.That(flow.Done<CallEffect.CloseMedia>(), Has.One.Items);

        Assert.That(flow.MediaReady().Last, Is.Empty);
        Assert.That(flow.State.LocalMedia, Is.EqualTo(LocalMediaState.Absent));
    }

    [Test]
    public void The_peer_that_leaves_while_media_is_asked_for_leaves_the_asking_alone()
    {
        FlowBench flow = FlowBench.JoinedToPeer(Needed).PeerLeaves();
        Assert.That(flow.Running(FlowTimerSlot.Media), Is.EqualTo(FlowTimer.Media));

        flow.PeerComes(FlowBench.Next).MediaReady();
        Assert.That(flow.Done<CallEffect.CreateOffer>(), Has.One.Items);
        Assert.That(flow.All.OfType<CallEffect.OpenMedia>(), Has.One.Items, "media is kept over all calls of the stay");
    }

    private static FlowBench Fail(FlowBench flow, CallEndCode code) =>
        code == CallEndCode.MediaTimedOut ? flow.Elapses(FlowTimer.Media) : flow.MediaFailed(code);
}
