using System.Runtime.CompilerServices;
using RoomCall.Signaling;

namespace RoomCall.Samples;

/// <summary>Passes everything on to another signaler and prints it: what is sent before it goes, what comes before the session sees it.
/// So no consequence is printed above its cause.</summary>
internal sealed class TracedSignaler(IRoomSignaler inner, Timeline timeline, Negotiation negotiation) : IRoomSignaler
{
    public async ValueTask<IRoomConnection> ConnectAsync(string room, CancellationToken cancellationToken)
    {
        timeline.Sent("create or join");
        return new Connection(await inner.ConnectAsync(room, cancellationToken), timeline, negotiation);
    }

    private sealed class Connection(IRoomConnection inner, Timeline timeline, Negotiation negotiation) : IRoomConnection
    {
        private readonly Peers _peers = new();

        public async IAsyncEnumerable<RoomEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (RoomEvent roomEvent in inner.ReadAllAsync(cancellationToken))
            {
                Show(roomEvent);
                yield return roomEvent;
            }
        }

        public ValueTask SendAsync(ReadOnlyMemory<byte> payload, string? to, CancellationToken cancellationToken)
        {
            timeline.Sent($"{Describe(payload, negotiation.Sent)}{(to is null ? "" : $" to {_peers.NameOf(to)}")}");
            return inner.SendAsync(payload, to, cancellationToken);
        }

        public ValueTask ParkAsync(ReadOnlyMemory<byte> payload, int generation, CancellationToken cancellationToken)
        {
            timeline.Sent($"park {Describe(payload, negotiation.Sent)} for the one who comes");
            return inner.ParkAsync(payload, generation, cancellationToken);
        }

        public async ValueTask LeaveAsync(CancellationToken cancellationToken)
        {
            timeline.Sent("leave");
            await inner.LeaveAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private void Show(RoomEvent roomEvent)
        {
            _peers.Learn(roomEvent);
            switch (roomEvent)
            {
                case RoomEvent.Log log:
                    foreach (string line in log.Lines) timeline.Came($"log: {line}");
                    break;
                case RoomEvent.Created created: timeline.Came($"created: this side is the initiator{IceServers(created.IceServers.Count)}"); break;
                case RoomEvent.Joined joined:
                    string others = string.Join(" and ", joined.Peers.Select(_peers.NameOf));
                    timeline.Came($"joined: {others} is here, {Offerer(joined.Initiator, joined.Self)} makes the offer{IceServers(joined.IceServers.Count)}");
                    break;
                case RoomEvent.Join join:
                    timeline.Came($"join: {_peers.NameOf(join.Peer)} has come{(join.Parked is null ? "" : " and was handed the offer")}");
                    break;
                case RoomEvent.Full: timeline.Came("full"); break;
                case RoomEvent.Away away: timeline.Came($"away: the connection of {_peers.NameOf(away.Peer)} is lost, and its seat is kept"); break;
                case RoomEvent.Back back: timeline.Came($"back: {_peers.NameOf(back.Peer)} is connected again"); break;
                case RoomEvent.Left left: timeline.Came($"left: {_peers.NameOf(left.Peer)} {(left.Reason == PeerLeftReason.Left ? "has left" : "has vanished")}"); break;
                case RoomEvent.Error error: timeline.Came($"error {error.Code}: {error.Detail}"); break;
                case RoomEvent.Message message: timeline.Came($"{Describe(message.Payload, negotiation.Came)} from {_peers.NameOf(message.From)}"); break;
                case RoomEvent.Interrupted: timeline.Happened("the connection to the server is lost: connecting again"); break;
                case RoomEvent.Resumed: timeline.Happened("connected again, and in the same seat"); break;
            }
        }

        private string Offerer(string initiator, string self) => initiator == self ? "this side" : _peers.NameOf(initiator);

        private static string IceServers(int count) => count == 0 ? "" : $", with {count} ICE server(s)";

        private static string Describe(ReadOnlyMemory<byte> payload, Action<PeerMessage> note)
        {
            if (!PeerMessageJson.TryDecode(payload.Span, out PeerMessage? message, out string? error))
                return $"unreadable: {error}";

            note(message);
            return message switch
            {
                PeerMessage.GotUserMedia => "got user media",
                PeerMessage.Offer offer => $"offer (generation {offer.Generation}, {offer.Sdp.Length} bytes of SDP)",
                PeerMessage.Answer answer => $"answer (generation {answer.Generation}, {answer.Sdp.Length} bytes of SDP)",
                PeerMessage.Candidate candidate => candidate.Ice.Candidate,
                PeerMessage.Restart => "restart",
                PeerMessage.Bye bye => bye.Reason is null ? "bye" : $"bye ({bye.Reason})",
                _ => "message",
            };
        }
    }
}
