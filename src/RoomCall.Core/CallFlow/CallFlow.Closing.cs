using RoomCall.Signaling;

namespace RoomCall;

// Some engines can neither show the closing of one data channel to the other side nor see the other side's. Where one of the two is such,
// each side tells by way of the server which channel it has closed, and after how many messages, since those go another way (ours).
internal static partial class CallFlow
{
    private static void OnChannelClosed(ref FlowTurn turn, CallInput.ChannelClosed closed)
    {
        if (closed.Connection != turn.State.Connection || turn.State.ConnectionGeneration == 0)
        {
            return;
        }

        // Who told first waits for an answer only where its engine waits for the other's, which cannot give it.
        bool isTold = closed.IsAnswer
            ? turn.Rules.CloseByMessage && !turn.State.IsRemoteClosingByMessage
            : turn.Rules.CloseByMessage || turn.State.IsRemoteClosingByMessage;
        if (isTold)
        {
            turn.Tell(new PeerMessage.CloseChannel(closed.Channel, closed.Messages, turn.State.ConnectionGeneration));
        }
    }

    private static void OnCloseChannel(ref FlowTurn turn, PeerMessage.CloseChannel close)
    {
        int reached = turn.State.ConnectionGeneration;
        if (reached == 0 || (close.Generation is { } generation && generation != reached))
        {
            turn.Drop(SignalDropCode.Stale, $"The closing of a channel of another connection (generation {close.Generation}) came."); // D7
            return;
        }

        turn.Emit(new CallEffect.CloseDataChannel(turn.State.Connection, close.Channel, close.Messages));
    }
}
