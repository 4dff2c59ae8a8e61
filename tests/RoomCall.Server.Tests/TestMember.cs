using System.Text;
using RoomCall.Signaling;

namespace RoomCall.Server.Tests;

/// <summary>A member that keeps what it is told. Its queue has room for so many events; nobody drains it.</summary>
internal sealed class TestMember(int queueLength = int.MaxValue) : IRoomMember
{
    private readonly Lock _gate = new();
    private readonly List<RoomEvent> _events = [];
    private readonly List<PeerLeftReason> _closed = [];

    /// <summary>Runs in TryPost before the event is kept: to throw, or to misbehave.</summary>
    public Action<RoomEvent>? OnPost { get; set; }

    public Action? OnFlush { get; set; }

    public Action? OnClose { get; set; }

    /// <summary>What it was told, without the log lines.</summary>
    public IReadOnlyList<RoomEvent> Events => [.. All.Where(e => e is not RoomEvent.Log)];

    public IReadOnlyList<RoomEvent> All
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    public RoomEvent Last => All[^1];

    public RoomErrorCode? LastError => (Last as RoomEvent.Error)?.Code;

    public IReadOnlyList<string> Messages => [.. Events.OfType<RoomEvent.Message>().Select(m => Encoding.UTF8.GetString(m.Payload.Span))];

    public IReadOnlyList<PeerLeftReason> Closed
    {
        get
        {
            lock (_gate)
                return [.. _closed];
        }
    }

    public int Flushes { get; private set; }

    public bool TryPost(RoomEvent roomEvent)
    {
        OnPost?.Invoke(roomEvent);
        lock (_gate)
        {
            if (_events.Count >= queueLength)
                return false;

            _events.Add(roomEvent);
            return true;
        }
    }

    public void Flush()
    {
        lock (_gate)
            Flushes++;

        OnFlush?.Invoke();
    }

    public void Close(PeerLeftReason reason)
    {
        lock (_gate)
            _closed.Add(reason);

        OnClose?.Invoke();
    }
}
