using RoomCall.Signaling;

namespace RoomCall;

/// <summary>What a <c>bye</c> says: why this side ended, and what the other side's reason means here.</summary>
internal static class ByeReason
{
    private static readonly PeerMessage.Bye HungUp = new();

    // S15: a hang-up is the book's text; only a fault has more to say.
    public static PeerMessage.Bye Write(CallEndCode code) =>
        code == CallEndCode.HungUp ? HungUp : new PeerMessage.Bye(CallEndCodeText.Of(code));

    /// <summary>The other side ended the call, so it need not be told.</summary>
    public static bool IsOfRemote(CallEndCode code) => code is CallEndCode.RemoteHungUp or CallEndCode.RemoteLeft
        or CallEndCode.RemoteVanished or CallEndCode.RemoteMediaFailed or CallEndCode.RemoteFailed;

    public static CallEndReason Read(PeerMessage.Bye bye)
    {
        if (bye.Reason is null)
        {
            return new CallEndReason(CallEndCode.RemoteHungUp, "The other side hung up.");
        }

        return CallEndCodeText.Find(bye.Reason) switch
        {
            CallEndCode.HungUp => new CallEndReason(CallEndCode.RemoteHungUp, "The other side hung up."),
            CallEndCode.MediaRefused or CallEndCode.MediaFailed or CallEndCode.MediaTimedOut =>
                new CallEndReason(CallEndCode.RemoteMediaFailed, $"The other side has no local media ({bye.Reason})."),
            _ => new CallEndReason(CallEndCode.RemoteFailed, $"The other side ended the call because of a fault ({bye.Reason})."),
        };
    }
}
