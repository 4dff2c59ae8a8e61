using System.Runtime.CompilerServices;
using System.Text;
using RoomCall.Signaling;

namespace RoomCall.NetworkConformance;

/// <summary>Remembers what a client says to its peer, and what it hears.</summary>
internal sealed class RecordedSignaler(IRoomSignaler signaler) : IRoomSignaler
{
    private readonly Lock _gate = new();
    private readonly List<string> _said = [];
    private readonly List<string> _parked = [];
    private readonly List<string> _heard = [];

    public string[] Said => Copy(_said);

    public string[] Parked => Copy(_parked);

    public string[] Heard => Copy(_heard);

    public async ValueTask<IRoomConnection> ConnectAsync(string room, CancellationToken cancellationToken) =>
        new Connection(this, await signaler.ConnectAsync(room, cancellationToken));

    private string[] Copy(List<string> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }

    private void Remember(List<string> list, ReadOnlyMemory<byte> payload)
    {
        lock (_gate)
        {
            list.Add(Encoding.UTF8.GetString(payload.Span));
        }
    }

    private sealed class Connection(RecordedSignaler owner, IRoomConnection connection) : IRoomConnection
    {
        public async IAsyncEnumerable<RoomEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (RoomEvent roomEvent in connection.ReadAllAsync(cancellationToken))
            {
                if (roomEvent is RoomEvent.Message message)
                {
                    owner.Remember(owner._heard, message.Payload);
                }

                yield return roomEvent;
            }
        }

        public ValueTask SendAsync(ReadOnlyMemory<byte> payload, string? to, CancellationToken cancellationToken)
        {
            owner.Remember(owner._said, payload);
            return connection.SendAsync(payload, to, cancellationToken);
        }

        public ValueTask ParkAsync(ReadOnlyMemory<byte> payload, int generation, CancellationToken cancellationToken)
        {
            owner.Remember(owner._parked, payload);
            return connection.ParkAsync(payload, generation, cancellationToken);
        }

        public ValueTask LeaveAsync(CancellationToken cancellationToken) => connection.LeaveAsync(cancellationToken);

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
