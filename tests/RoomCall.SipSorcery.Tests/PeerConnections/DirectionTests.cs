using SIPSorcery.Net;

namespace RoomCall.SipSorcery.Tests;

/// <summary>The direction of an answer (RFC 3264, section 6.1).</summary>
public sealed class DirectionTests
{
    [TestCase(true, true, MediaStreamStatusEnum.SendRecv, ExpectedResult = MediaStreamStatusEnum.SendRecv)]
    [TestCase(true, true, MediaStreamStatusEnum.SendOnly, ExpectedResult = MediaStreamStatusEnum.RecvOnly)]
    [TestCase(true, true, MediaStreamStatusEnum.RecvOnly, ExpectedResult = MediaStreamStatusEnum.SendOnly)]
    [TestCase(true, true, MediaStreamStatusEnum.Inactive, ExpectedResult = MediaStreamStatusEnum.Inactive)]
    [TestCase(false, true, MediaStreamStatusEnum.SendRecv, ExpectedResult = MediaStreamStatusEnum.RecvOnly)]
    [TestCase(false, true, MediaStreamStatusEnum.RecvOnly, ExpectedResult = MediaStreamStatusEnum.Inactive)]
    [TestCase(true, false, MediaStreamStatusEnum.SendRecv, ExpectedResult = MediaStreamStatusEnum.SendOnly)]
    [TestCase(false, false, MediaStreamStatusEnum.SendRecv, ExpectedResult = MediaStreamStatusEnum.Inactive)]
    public MediaStreamStatusEnum An_answer_does_what_both_sides_can(bool sends, bool receives, MediaStreamStatusEnum offered) =>
        LocalSdp.Answer(sends, receives, offered);
}
