namespace RoomCall.Signaling;

/// <summary>
/// The way to a signaling server: the seam between a call session and a transport. Safe for concurrent use; each
/// connection is one stay in one room.
/// </summary>
public interface IRoomSignaler
{
    /// <summary>Connects and asks for the room with one <c>create or join</c> (book row S7). The server's answer comes as the
    /// connection's first <see cref="RoomEvent.Created"/>, <see cref="RoomEvent.Joined"/>, <see cref="RoomEvent.Full"/> or
    /// <see cref="RoomEvent.Error"/>.</summary>
    /// <param name="room">The room's name.</param>
    /// <param name="cancellationToken">Ends the attempt. A seat that the server may have given already is given up.</param>
    /// <returns>The connection; the caller disposes it.</returns>
    /// <exception cref="RoomCallException">The server could not be reached or refused the connection
    /// (<see cref="RoomCallErrorCode.SignalingUnavailable"/>).</exception>
    ValueTask<IRoomConnection> ConnectAsync(string room, CancellationToken cancellationToken);
}
