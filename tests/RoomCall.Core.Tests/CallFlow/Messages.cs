using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

internal static class Messages
{
    public static PeerMessage Of(SignalKind kind, int? generation = null) => kind switch
    {
        SignalKind.GotUserMedia => new PeerMessage.GotUserMedia(),
        SignalKind.Offer => new PeerMessage.Offer("their offer", generation),
        SignalKind.Answer => new PeerMessage.Answer("their answer", generation),
        SignalKind.Candidate => FlowBench.Candidate("theirs", generation),
        SignalKind.Restart => new PeerMessage.Restart(generation),
        SignalKind.CloseChannel => new PeerMessage.CloseChannel(2, 1, generation),
        SignalKind.Bye => new PeerMessage.Bye(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
