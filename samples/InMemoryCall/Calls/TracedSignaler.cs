using System.Runtime.CompilerServices;
using RoomCall.Signaling;

namespace RoomCall.Samples;

/// <summary>Passes everything on to another signaler and draws it: what is asked when it goes, what comes when it comes, before the
/// session sees it. So no consequence is drawn above its cause.</summary>
internal sealed class TracedSignaler(IRoomSignaler inner, string name, SequenceView view) : IRoomSignaler, IDisposable
{
    private readonly SemaphoreSlim _left = new(0);

    /// <summary>Waits until the server has told, and the view shown, that another peer left the room; each leaving once.</summary>
    public Task WhenOtherLeftAsync(CancellationToken cancellationToken) => _left.WaitAsync(cancellationToken);

    public async ValueTask<IRoomConnection> ConnectAsync(string room, CancellationToken cancellationToken)
    {
        view.ToServer(name, "create or join");
        return new Connection(this, await inner.ConnectAsync(room, cancellationToken));
    }

    public void Dispose() => _left.Dispose();

    private void Show(RoomEvent roomEvent)
    {
        switch (roomEvent)
        {
            case RoomEvent.Created: view.FromServer(name, "created"); break;
            case RoomEvent.Joined: view.FromServer(name, "joined"); break;
            case RoomEvent.Join: view.FromServer(name, "join"); break;
            case RoomEvent.Full: view.FromServer(name, "full"); break;
            case RoomEvent.Error error: view.FromServer(name, $"error: {error.Code}"); break;
            case RoomEvent.Message message: view.SignalArrived(name, Describe(message.Payload)); break;
            case RoomEvent.Left:
                view.FromServer(name, "left");
                _left.Release();
                break;
        }
    }

    private void ShowParked(ReadOnlyMemory<byte> payload) => view.ToServer(name, $"parks {Describe(payload)}");

    private static string Describe(ReadOnlyMemory<byte> payload) =>
        PeerMessageJson.TryDecode(payload.Span, out PeerMessage? message, out string? error)
            ? message switch
            {
                PeerMessage.GotUserMedia => "got user media",
                PeerMessage.Offer offer => $"offer (generation {offer.Generation})",
                PeerMessage.Answer answer => $"answer (generation {answer.Generation})",
                PeerMessage.Candidate => "candidate",
                PeerMessage.Restart => "restart",
                PeerMessage.Bye => "bye",
                _ => "message",
            }
            : $"unreadable: {error}";

    private sealed class Connection(TracedSignaler signaler, IRoomConnection inner) : IRoomConnection
    {
        public async IAsyncEnumerable<RoomEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (RoomEvent roomEvent in inner.ReadAllAsync(cancellationToken))
            {
                signaler.Show(roomEvent);
                yield return roomEvent;
            }
        }

        public ValueTask SendAsync(ReadOnlyMemory<byte> payload, string? to, CancellationToken cancellationToken) =>
            inner.SendAsync(payload, to, cancellationToken);

        public ValueTask ParkAsync(ReadOnlyMemory<byte> payload, int generation, CancellationToken cancellationToken)
        {
            signaler.ShowParked(payload);
            return inner.ParkAsync(payload, generation, cancellationToken);
        }

        public ValueTask LeaveAsync(CancellationToken cancellationToken) => inner.LeaveAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
