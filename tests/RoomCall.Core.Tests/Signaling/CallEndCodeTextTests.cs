using RoomCall.Signaling;

namespace RoomCall.Tests.Signaling;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CallEndCodeTextTests
{
    // Written out: these texts are on the wire, so that a member that is renamed must not rename its text unseen.
    private static readonly object[][] Texts =
    [
        [CallEndCode.HungUp, "hung-up"],
        [CallEndCode.RemoteHungUp, "remote-hung-up"],
        [CallEndCode.RemoteLeft, "remote-left"],
        [CallEndCode.RemoteVanished, "remote-vanished"],
        [CallEndCode.RemoteMediaFailed, "remote-media-failed"],
        [CallEndCode.RemoteFailed, "remote-failed"],
        [CallEndCode.RoomFull, "room-full"],
        [CallEndCode.JoinRejected, "join-rejected"],
        [CallEndCode.JoinTimedOut, "join-timed-out"],
        [CallEndCode.SignalingUnavailable, "signaling-unavailable"],
        [CallEndCode.SignalingLost, "signaling-lost"],
        [CallEndCode.NobodyCame, "nobody-came"],
        [CallEndCode.MediaRefused, "media-refused"],
        [CallEndCode.MediaFailed, "media-failed"],
        [CallEndCode.MediaTimedOut, "media-timed-out"],
        [CallEndCode.PeerConnectionFailed, "peer-connection-failed"],
        [CallEndCode.NegotiationFailed, "negotiation-failed"],
        [CallEndCode.NegotiationTimedOut, "negotiation-timed-out"],
        [CallEndCode.ConnectionTimedOut, "connection-timed-out"],
        [CallEndCode.DataChannelTimedOut, "data-channel-timed-out"],
        [CallEndCode.ConnectionLost, "connection-lost"],
        [CallEndCode.InternalError, "internal-error"],
    ];

    [TestCaseSource(nameof(Texts))]
    public void A_code_has_its_text_both_ways(CallEndCode code, string text)
    {
        Assert.That(CallEndCodeText.Of(code), Is.EqualTo(text));
        Assert.That(CallEndCodeText.Find(text), Is.EqualTo(code));
    }

    [Test]
    public void Every_code_has_a_text_that_a_bye_can_carry()
    {
        Assert.That(Texts.Select(pair => pair[0]), Is.EquivalentTo(Enum.GetValues<CallEndCode>()));
        foreach (CallEndCode code in Enum.GetValues<CallEndCode>())
            Assert.That(() => PeerMessageJson.Encode(new PeerMessage.Bye(CallEndCodeText.Of(code))), Throws.Nothing);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("media")]
    [TestCase("Media-Refused")]
    [TestCase("MediaRefused")]
    [TestCase("12")]
    public void A_text_that_names_no_code_gives_null(string? text) => Assert.That(CallEndCodeText.Find(text), Is.Null);

    [Test]
    public void A_code_that_is_not_defined_is_refused() =>
        Assert.That(() => CallEndCodeText.Of((CallEndCode)999), Throws.TypeOf<ArgumentOutOfRangeException>());
}
