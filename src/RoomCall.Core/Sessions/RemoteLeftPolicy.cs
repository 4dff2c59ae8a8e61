namespace RoomCall;

/// <summary>What the one who stays does when the other peer has hung up or is gone.</summary>
public enum RemoteLeftPolicy
{
    /// <summary>It stays in the room as the initiator and gets a call with the next who comes (mends book defect D3).</summary>
    Stay,

    /// <summary>It leaves too: the session ends.</summary>
    EndSession,
}
