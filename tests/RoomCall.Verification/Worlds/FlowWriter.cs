using RoomCall.PeerConnections;
using RoomCall.Signaling;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Worlds;

/// <summary>Takes down a flow's state, its inputs and its effects.</summary>
internal static class FlowWriter
{
    /// <summary>
    /// All of the state but the numbers of its timers: they only tell a timer from those before it, so that which one runs, which the side
    /// knows, is all that matters; the highest number given out matters to none.
    /// </summary>
    public static void Write(this StateWriter writer, in FlowState state)
    {
        writer.Byte((int)state.Phase);
        writer.Text(state.Self);
        writer.Text(state.Remote);
        writer.Text(state.RemoteName);
        writer.Flag(state.IsRemoteAway);
        writer.Flag(state.IsRemoteAbsent);
        writer.Flag(state.IsInitiator);
        writer.Flag(state.IsStarted);
        writer.Byte((int)state.LocalMedia);
        writer.Flag(state.IsRemoteMediaReady);
        writer.Number(state.Generation);
        writer.Number(state.RemoteGeneration);
        writer.Number(state.ConnectionGeneration);
        writer.Number(state.Connection);
        writer.Number(state.LastConnection);
        writer.Byte((int)state.Step);
        writer.Byte((int)state.SignalingState);
        writer.Byte((int)state.ConnectionState);
        writer.Byte((int)state.DataChannelState);
        writer.Flag(state.IsRemoteDescriptionApplied);
        writer.Text(state.SentDescription);
        writer.Flag(state.IsIceRestart);
        Write(writer, state.ParkedOffer);
        Write(writer, state.PendingOffer);
        writer.Flag(state.IsRestartWanted);
        writer.Number(state.RestartAskedOf);
        writer.Number(state.PendingRemoteCandidates.Count);
        foreach (PeerMessage.Candidate candidate in state.PendingRemoteCandidates)
            Write(writer, candidate);
        writer.Number(state.PendingLocalCandidates.Count);
        foreach (IceCandidate candidate in state.PendingLocalCandidates)
            Write(writer, candidate);
        writer.Flag(state.CanRemoteRestartIce);
        writer.Flag(state.IsRemoteClosingByMessage);
        writer.Number(state.RecoveryAttempts);
        writer.Flag(state.IsSignalingInterrupted);
        writer.Flag(state.IsLeaving);
        writer.Number(state.EndReason is { } reason ? 1 + (int)reason.Code : 0);
    }

    public static void Write(this StateWriter writer, CallInput input)
    {
        switch (input)
        {
            case CallInput.Room room:
                writer.Byte(1);
                Write(writer, room.Event);
                break;
            case CallInput.PeerSaid said:
                writer.Byte(2);
                writer.Text(said.From);
                Write(writer, said.Message);
                break;
            case CallInput.SignalingEnded:
                writer.Byte(3);
                break;
            case CallInput.RoomLeft:
                writer.Byte(4);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(input), input, "Such an input waits nowhere in this world.");
        }
    }

    public static void Write(this StateWriter writer, CallEffect effect)
    {
        switch (effect)
        {
            case CallEffect.JoinRoom:
                writer.Byte(1);
                break;
            case CallEffect.LeaveRoom:
                writer.Byte(2);
                break;
            case CallEffect.Send send:
                writer.Byte(3);
                writer.Text(send.To);
                Write(writer, send.Message);
                break;
            case CallEffect.Park park:
                writer.Byte(11);
                writer.Number(park.Generation);
                Write(writer, park.Message);
                break;
            case CallEffect.CreatePeerConnection create:
                writer.Byte(4);
                writer.Number(create.Connection);
                break;
            case CallEffect.CreateOffer create:
                writer.Byte(5);
                writer.Number(create.Connection);
                writer.Flag(create.IceRestart);
                break;
            case CallEffect.CreateAnswer create:
                writer.Byte(6);
                writer.Number(create.Connection);
                break;
            case CallEffect.SetLocalDescription set:
                writer.Byte(7);
                writer.Number(set.Connection);
                Write(writer, set.Description);
                break;
            case CallEffect.SetRemoteDescription set:
                writer.Byte(8);
                writer.Number(set.Connection);
                Write(writer, set.Description);
                break;
            case CallEffect.AddIceCandidate add:
                writer.Byte(9);
                writer.Number(add.Connection);
                Write(writer, add.Candidate);
                break;
            case CallEffect.ClosePeerConnection close:
                writer.Byte(10);
                writer.Number(close.Connection);
                writer.Flag(close.Deliver);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect), effect, "Such an effect waits nowhere in this world.");
        }
    }

    private static void Write(StateWriter writer, RoomEvent roomEvent)
    {
        switch (roomEvent)
        {
            case RoomEvent.Created created:
                writer.Byte(1);
                writer.Text(created.Self);
                break;
            case RoomEvent.Joined joined:
                writer.Byte(2);
                writer.Text(joined.Self);
                writer.Text(joined.Initiator);
                writer.Number(joined.Peers.Count);
                foreach (string peer in joined.Peers)
                    writer.Text(peer);
                break;
            case RoomEvent.Full:
                writer.Byte(3);
                break;
            case RoomEvent.Join join:
                writer.Byte(4);
                writer.Text(join.Peer);
                writer.Text(join.Initiator);
                writer.Number(join.Parked ?? 0);
                break;
            case RoomEvent.Left left:
                writer.Byte(5);
                writer.Text(left.Peer);
                writer.Byte((int)left.Reason);
                writer.Text(left.Initiator);
                break;
            case RoomEvent.Error error:
                writer.Byte(6);
                writer.Byte((int)error.Code);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(roomEvent), roomEvent, "Such an event waits nowhere in this world.");
        }
    }

    public static void Write(this StateWriter writer, PeerMessage? message)
    {
        writer.Byte(message is null ? 0 : 1 + (int)message.Kind);
        writer.Number(message?.GenerationOrNull + 1 ?? 0);
        switch (message)
        {
            case PeerMessage.Offer offer:
                writer.Text(offer.Sdp);
                writer.Flag(offer.IceRestart);
                writer.Flag(offer.CloseByMessage);
                break;
            case PeerMessage.Answer answer:
                writer.Text(answer.Sdp);
                writer.Flag(answer.CanRestartIce);
                writer.Flag(answer.CloseByMessage);
                break;
            case PeerMessage.Candidate candidate:
                Write(writer, candidate.Ice);
                break;
            case PeerMessage.CloseChannel close:
                writer.Number(close.Channel);
                writer.Number(checked((int)close.Messages));
                break;
            case PeerMessage.Bye bye:
                writer.Text(bye.Reason);
                break;
        }
    }

    private static void Write(StateWriter writer, SessionDescription description)
    {
        writer.Byte((int)description.Type);
        writer.Text(description.Sdp);
    }

    private static void Write(StateWriter writer, IceCandidate candidate) => writer.Text(candidate.Candidate);
}
