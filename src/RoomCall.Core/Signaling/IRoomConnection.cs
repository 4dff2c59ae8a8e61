namespace RoomCall.Signaling;

/// <summary>One connection to the signaling server: one stay in one room.</summary>
/// <remarks>
/// The contract for those who write a signaler:
/// <list type="number">
/// <item>Events come in the server's order, each once. A message of a peer comes after the event that told of that peer, and none
/// of its messages comes after its <see cref="RoomEvent.Left"/>.</item>
/// <item>The payload of a message is passed on as it came; the connection does not look inside.</item>
/// <item><see cref="SendAsync"/> keeps the order of its calls. Its task ends when the message was taken: from then on it is lost
/// only with the connection, and that is told by the end of the events. The connection buffers within a bound, and waits above it.</item>
/// <item>A transport that can repair itself says <see cref="RoomEvent.Interrupted"/> and <see cref="RoomEvent.Resumed"/>, and
/// loses, doubles and reorders nothing over it.</item>
/// <item>Where the server has forgotten the stay (it was started anew), such a transport asks for the room again, with the same id. Then
/// <see cref="RoomEvent.Created"/> or <see cref="RoomEvent.Joined"/> follows <see cref="RoomEvent.Interrupted"/> in the place of
/// <see cref="RoomEvent.Resumed"/>: the stay goes on in a new room, what was under way in either direction may be lost, and what was
/// parked is gone. Or <see cref="RoomEvent.Full"/> or <see cref="RoomEvent.Error"/> follows, and the events end.</item>
/// <item>The events end when the connection has: normally after <see cref="LeaveAsync"/> or dispose, with a
/// <see cref="RoomCallException"/> when it was lost for good.</item>
/// <item><see cref="IAsyncDisposable.DisposeAsync"/> may come at any moment and twice; without a leave before it, the server tells
/// the others that this member vanished.</item>
/// </list>
/// </remarks>
public interface IRoomConnection : IAsyncDisposable
{
    /// <summary>Reads the events. One reader, once.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The events until the connection ends.</returns>
    /// <exception cref="RoomCallException">The connection was lost for good (<see cref="RoomCallErrorCode.SignalingLost"/>).</exception>
    /// <exception cref="InvalidOperationException">The events are read already, or were.</exception>
    IAsyncEnumerable<RoomEvent> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Sends a message to a peer in the room (book row S8).</summary>
    /// <param name="payload">The message, one JSON value in UTF-8; the caller does not change it afterwards.</param>
    /// <param name="to">The peer it is for, or null: every other member.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the message was taken.</returns>
    /// <exception cref="RoomCallException">The connection has ended (<see cref="RoomCallErrorCode.SignalingLost"/>).</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> payload, string? to, CancellationToken cancellationToken);

    /// <summary>Leaves a message with the server for the next peer to come, who gets all that is parked right after its
    /// <see cref="RoomEvent.Joined"/>, once; this side learns it from <see cref="RoomEvent.Join.Parked"/>. It saves the round trip of an
    /// offer. A higher generation takes the place of what was parked before. What reaches the server after the generation was handed out
    /// goes to the one who got it; what comes while others are in the room, or is too old for the server, is dropped without a word. In
    /// order with <see cref="SendAsync"/>.</summary>
    /// <param name="payload">The message, one JSON value in UTF-8; the caller does not change it afterwards.</param>
    /// <param name="generation">What it belongs to, 1 or more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the message was taken. A transport that cannot park does nothing.</returns>
    /// <exception cref="RoomCallException">The connection has ended (<see cref="RoomCallErrorCode.SignalingLost"/>).</exception>
    ValueTask ParkAsync(ReadOnlyMemory<byte> payload, int generation, CancellationToken cancellationToken) => default;

    /// <summary>Leaves the room after all that was sent. Safe to call twice, and after the connection has ended.</summary>
    /// <param name="cancellationToken">Ends the wait, not a leave that has begun.</param>
    /// <returns>A task that ends when the server has been told, or the connection has ended, whether the events are read or not. What comes
    /// from here on may be passed over.</returns>
    ValueTask LeaveAsync(CancellationToken cancellationToken);
}
