using RoomCall.DataChannels;
using RoomCall.PeerConnections;

namespace RoomCall;

/// <summary>
/// One stay in one room, from joining to leaving, and the calls within it. All members are safe for concurrent use.
/// </summary>
/// <remarks>
/// Observers of <see cref="States"/> and of <see cref="Events"/> are called after the state has moved, one at a time and in order, on the
/// session's loop or on the thread that subscribes: they must not block. A wait such as <see cref="WhenConnectedAsync"/> may end before observers of
/// the events have heard of the same step. An observer that throws is logged and harms nobody else. Disposing the session hangs up.
/// </remarks>
public interface ICallSession : IAsyncDisposable
{
    /// <summary>The room's name.</summary>
    string Room { get; }

    /// <summary>The session now.</summary>
    CallState State { get; }

    /// <summary>The state now, then every change in order; completes when the session has ended, never fails.</summary>
    IObservable<CallState> States { get; }

    /// <summary>What happens, in order; completes when the session has ended, never fails. The first to subscribe also
    /// gets what happened before (the latest 256 events).</summary>
    IObservable<CallEvent> Events { get; }

    /// <summary>The data channel of the present call or, between calls, of the next one: what is sent to it early waits for it to
    /// open (book rows S18, S22). Each call, and each new connection of a call, has its own.</summary>
    IDataChannel DataChannel { get; }

    /// <summary>Ends when the session has, with the reason; never fails.</summary>
    Task<CallEndReason> Completion { get; }

    /// <summary>Waits until the state fits.</summary>
    /// <param name="predicate">Asked with the state now and with each that follows; must not block.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The first state that fits.</returns>
    /// <exception cref="RoomCallException">The session ended before (<see cref="RoomCallErrorCode.SessionEnded"/>).</exception>
    Task<CallState> WhenAsync(Func<CallState, bool> predicate, CancellationToken cancellationToken = default);

    /// <summary>Waits until a call is connected.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the call is up.</returns>
    /// <exception cref="RoomCallException">The session ended before (<see cref="RoomCallErrorCode.SessionEnded"/>).</exception>
    Task WhenConnectedAsync(CancellationToken cancellationToken = default);

    /// <summary>Waits until a call is connected and its own data channel is open.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The open channel.</returns>
    /// <exception cref="RoomCallException">The session ended before (<see cref="RoomCallErrorCode.SessionEnded"/>).</exception>
    Task<IDataChannel> WhenDataChannelOpenAsync(CancellationToken cancellationToken = default);

    /// <summary>Waits until the session has ended.</summary>
    /// <param name="cancellationToken">Ends the wait, not the session.</param>
    /// <returns>The reason.</returns>
    Task<CallEndReason> WhenCompletedAsync(CancellationToken cancellationToken = default);

    /// <summary>Opens a further data channel on the call, once it is connected; the other side gets it from
    /// <see cref="AcceptDataChannelAsync"/> or as <see cref="CallEvent.DataChannelReceived"/>.</summary>
    /// <param name="label">Its label, at most 65,535 bytes of UTF-8, and not <see cref="CallOptions.DataChannelLabel"/>.</param>
    /// <param name="options">Order and reliability; null: reliable and ordered.</param>
    /// <param name="cancellationToken">Ends the wait; the channel is closed then.</param>
    /// <returns>The channel, open.</returns>
    /// <exception cref="RoomCallException">No call has started (<see cref="RoomCallErrorCode.NotConnected"/>), or the call ended
    /// before the channel was open (<see cref="RoomCallErrorCode.DataChannelClosed"/>).</exception>
    /// <exception cref="ArgumentException">The label is too long, or that of the call's own channel.</exception>
    /// <exception cref="NotSupportedException">The engine cannot do what the options ask.</exception>
    Task<IDataChannel> OpenDataChannelAsync(
        string label,
        DataChannelOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Waits for a further data channel that the other side opens, or takes one that it opened before; each is given once.
    /// The latest 64 of the present connection wait to be taken.</summary>
    /// <param name="label">The label to wait for; null: any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The channel.</returns>
    /// <exception cref="RoomCallException">The session ended before (<see cref="RoomCallErrorCode.SessionEnded"/>).</exception>
    Task<IDataChannel> AcceptDataChannelAsync(string? label = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the statistics of the present peer connection.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The statistics; empty while there is no connection.</returns>
    Task<PeerConnectionStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default);

    /// <summary>Hangs up: delivers what was sent, stops, tells the other side <c>bye</c>, leaves the room (book row S24). Safe to call
    /// twice, at any moment.</summary>
    /// <param name="cancellationToken">Ends the wait, not the hang-up.</param>
    /// <returns>A task that ends when the session has; at the latest after twice <see cref="CallTimeouts.HangUp"/> and, where an engine or a
    /// signaler does not let go of what it holds, <see cref="CallTimeouts.Operation"/> more.</returns>
    Task HangUpAsync(CancellationToken cancellationToken = default);
}
