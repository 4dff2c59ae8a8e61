namespace RoomCall.Simulations;

/// <summary>Sees to it that the events of a session tell one story: joined first, ended once and last, calls one after the other.</summary>
internal sealed class EventWatch(string tag) : IObserver<CallEvent>
{
    private readonly List<string> _broken = [];
    private CallEvent? _first;
    private CallEndReason? _end;
    private string? _peer;
    private int _generation;
    private bool _isCompleted;

    public void OnNext(CallEvent value)
    {
        _first ??= value;
        if (_end is not null) _broken.Add($"{value} came after the end.");
        switch (value)
        {
            case CallEvent.PeerJoined joined when _peer is not null:
                _broken.Add($"{joined} came while {_peer} was there.");
                break;
            case CallEvent.PeerJoined joined:
                _peer = joined.Peer;
                break;
            case CallEvent.PeerLeft left when _peer != left.Peer:
                _broken.Add($"{left} came while {_peer ?? "nobody"} was there.");
                break;
            case CallEvent.PeerLeft:
                _peer = null;
                break;
            case CallEvent.CallConnected connected when connected.Generation < _generation:
                _broken.Add($"{connected} came after generation {_generation}.");
                break;
            case CallEvent.CallConnected connected:
                _generation = connected.Generation;
                break;
            case CallEvent.SessionEnded ended:
                _end = ended.Reason;
                break;
        }
    }

    public void OnError(Exception error) => _broken.Add($"The events failed: {error}");

    public void OnCompleted() => _isCompleted = true;

    /// <summary>To be called when the session has ended.</summary>
    public void Check(CallEndReason reason)
    {
        if (_broken.Count > 0)
        {
            throw new BrokenPromiseException($"The events of {tag} tell one story; {string.Join(' ', _broken)}");
        }

        if (_first is not (CallEvent.ServerLog or CallEvent.RoomJoined))
        {
            throw new BrokenPromiseException($"The events begin with the room; those of {tag} with {_first}.");
        }

        if (!_isCompleted || _end != reason)
        {
            throw new BrokenPromiseException($"The events end with the reason ({reason}); those of {tag} with {_end}.");
        }
    }
}
