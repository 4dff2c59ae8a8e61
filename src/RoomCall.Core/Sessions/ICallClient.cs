namespace RoomCall;

/// <summary>The entrance: joins rooms. Safe for concurrent use; one serves a whole program.</summary>
public interface ICallClient
{
    /// <summary>Joins a room, or creates it, and gives the session once the server has let this peer in (book row S7). The call
    /// itself comes about by itself when another peer is there.</summary>
    /// <param name="room">The room's name, as the other peer names it.</param>
    /// <param name="options">How the call is made; null: the client's own options.</param>
    /// <param name="cancellationToken">Ends the attempt. A seat that the server may have given already is given up.</param>
    /// <returns>The session, which was let into the room, and may have ended since; the caller disposes it.</returns>
    /// <exception cref="RoomCallException">The session ended before it was in the room
    /// (<see cref="RoomCallErrorCode.SessionEnded"/>); <see cref="RoomCallException.EndReason"/> says why, for example
    /// <see cref="CallEndCode.RoomFull"/>.</exception>
    /// <exception cref="ArgumentException">The room's name is empty, or an option is outside its range.</exception>
    Task<ICallSession> JoinAsync(string room, CallOptions? options = null, CancellationToken cancellationToken = default);
}
