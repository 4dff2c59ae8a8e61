using System.Buffers.Binary;
using RoomCall.Signaling;

namespace RoomCall.Server.Tests.Concurrency;

/// <summary>
/// A member that checks while it is told: each event must make sense after those before it. What does not is kept, because a
/// member must not throw.
/// </summary>
internal sealed class WitnessMember(int capacity, int queueLength = int.MaxValue) : IRoomMember
{
    private readonly List<string> _inside = [];
    private readonly Dictionary<string, int> _lastNumber = [];
    private int _posted;
    private int _posting;
    private int _closed;
    private string? _self;
    private bool _isBroken;

    /// <summary>The first thing that went wrong, or null.</summary>
    public string? Complaint { get; private set; }

    /// <summary>The room's changes as this member was told them: its own coming, then others' comings and goings.</summary>
    public List<string> Changes { get; } = [];

    public bool WasFull { get; private set; }

    public int Messages { get; private set; }

    /// <summary>Throws on every post from here on.</summary>
    public bool IsBroken
    {
        get => Volatile.Read(ref _isBroken);
        set => Volatile.Write(ref _isBroken, value);
    }

    public int Closed => Volatile.Read(ref _closed);

    public bool TryPost(RoomEvent roomEvent)
    {
        if (Interlocked.Exchange(ref _posting, 1) != 0)
            Complain($"{roomEvent} was posted during another post");

        try
        {
            if (IsBroken)
                throw new InvalidOperationException("broken on purpose");

            if (_posted == queueLength)
                return false;

            _posted++;
            Take(roomEvent);
            return true;
        }
        finally
        {
            Volatile.Write(ref _posting, 0);
        }
    }

    public void Flush()
    {
    }

    public void Close(PeerLeftReason reason) => Interlocked.Increment(ref _closed);

    public static byte[] Payload(int number)
    {
        byte[] payload = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(payload, number);
        return payload;
    }

    private void Take(RoomEvent roomEvent)
    {
        switch (roomEvent)
        {
            case RoomEvent.Created created when _self is null:
                Enter(created.Self, [], created.Self);
                break;
            case RoomEvent.Joined joined when _self is null:
                Enter(joined.Self, joined.Peers, joined.Initiator);
                break;
            case RoomEvent.Full when _self is null:
                WasFull = true;
                break;
            case RoomEvent.Join join when _self is not null && !_inside.Contains(join.Peer):
                _inside.Add(join.Peer);
                Changes.Add("+" + join.Peer);
                CheckRoom(join, join.Initiator);
                break;
            case RoomEvent.Left left when left.Peer != _self && _inside.Remove(left.Peer):
                Changes.Add("-" + left.Peer);
                CheckRoom(left, left.Initiator);
                break;
            case RoomEvent.Message message when message.From != _self && _inside.Contains(message.From):
                int number = BinaryPrimitives.ReadInt32LittleEndian(message.Payload.Span);
                if (_lastNumber.TryGetValue(message.From, out int last) && number <= last)
                    Complain($"message {number} of {message.From} came after {last}");
                if (number < 0)
                    Complain($"a message of {message.From} came that was sent after it left");
                _lastNumber[message.From] = number;
                Messages++;
                break;
            case RoomEvent.Error { Code: RoomErrorCode.UnknownPeer or RoomErrorCode.NotInRoom }:
                break;
            default:
                Complain($"{roomEvent} makes no sense to {_self} with {string.Join(',', _inside)}");
                break;
        }
    }

    private void Enter(string self, IReadOnlyList<string> peers, string initiator)
    {
        _self = self;
        _inside.AddRange(peers);
        _inside.Add(self);
        Changes.Add("+" + self);
        CheckRoom(self, initiator);
    }

    private void CheckRoom(object cause, string initiator)
    {
        if (_inside.Count > capacity)
            Complain($"{_inside.Count} inside after {cause}");

        if (initiator != _inside[0])
            Complain($"{initiator} is the initiator after {cause}, and {_inside[0]} has the longest stay");
    }

    private void Complain(string text) => Complaint ??= text;
}
