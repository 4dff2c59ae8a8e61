using RoomCall.Scheduling;
using RoomCall.Server;
using RoomCall.Signaling;

namespace RoomCall.InMemory;

/// <summary>
/// A signaler inside one process, on a <see cref="RoomBroker"/>: all signalers on one broker meet in its rooms. Safe for concurrent use.
/// </summary>
public sealed class InMemorySignaler : IRoomSignaler
{
    private readonly RoomBroker _broker;
    private readonly InMemorySignalerOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _gate = new();
    private readonly HashSet<InMemoryRoomConnection> _connections = [];
    private volatile bool _isReachable = true;

    /// <summary>Makes a signaler.</summary>
    /// <param name="broker">The rooms.</param>
    /// <param name="options">Latency and limits; null: the defaults.</param>
    /// <param name="timeProvider">The clock of the latency; null: the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public InMemorySignaler(RoomBroker broker, InMemorySignalerOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(broker);
        _broker = broker;
        _options = (options ?? new InMemorySignalerOptions()).Checked();
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Whether the server can be reached by new connections. <value>Default: true.</value></summary>
    public bool IsReachable
    {
        get => _isReachable;
        set => _isReachable = value;
    }

    /// <summary>How many connections are up.</summary>
    internal int ConnectionCount
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IRoomConnection> ConnectAsync(string room, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(room);
        cancellationToken.ThrowIfCancellationRequested();
        if (_options.Latency > TimeSpan.Zero)
        {
            await Task.Delay(_options.Latency, _timeProvider, cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
        }

        if (!IsReachable)
        {
            throw new RoomCallException(
                RoomCallErrorCode.SignalingUnavailable,
                $"The in-memory server cannot be reached: set {nameof(InMemorySignaler)}.{nameof(IsReachable)} to true.");
        }

        InMemoryRoomConnection connection = new(_options, _timeProvider, Forget);
        connection.Enter(_broker, room);
        lock (_gate)
        {
            // One that ended meanwhile was forgotten already; one that ends from here on waits for this lock to be forgotten.
            if (!connection.IsEnded)
            {
                _connections.Add(connection);
            }
        }

        return connection;
    }

    /// <summary>Cuts the connections that are up, as a crash of this client does: the server tells the others that it vanished.</summary>
    public void Vanish()
    {
        foreach (InMemoryRoomConnection connection in Connections())
        {
            connection.Cut();
        }
    }

    /// <summary>Interrupts the connections that are up, until <see cref="Resume"/>: nothing is lost, and nothing arrives meanwhile.</summary>
    public void Interrupt()
    {
        foreach (InMemoryRoomConnection connection in Connections())
        {
            connection.Interrupt();
        }
    }

    /// <summary>Ends the interruption: what was held arrives.</summary>
    public void Resume()
    {
        foreach (InMemoryRoomConnection connection in Connections())
        {
            connection.Resume();
        }
    }

    private InMemoryRoomConnection[] Connections()
    {
        lock (_gate)
        {
            return [.. _connections];
        }
    }

    private void Forget(InMemoryRoomConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
        }
    }
}
