using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RoomCall.Server.Diagnostics;
using RoomCall.Server.Limits;
using RoomCall.Server.Rooms;
using RoomCall.Server.Signaling;
using RoomCall.Signaling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Server;

/// <summary>
/// The signaling server, whatever carries its frames: speaks version 1 of the protocol (<c>docs/protocol.md</c>) with clients that meet in
/// the rooms of a <see cref="RoomBroker"/>, and keeps the seat of one whose connection is lost. Safe for concurrent use.
/// </summary>
public sealed partial class SignalingServer
{
    private readonly ConcurrentDictionary<SignalingConnection, bool> _connections = new(ReferenceEqualityComparer.Instance);
    private readonly TaskCompletionSource _haveLeft = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _maxRoomNameLength;
    private volatile bool _isStopping;

    // Those that were connected when the server stopped. One that comes later is told to come back, and not waited for: as long as the
    // web server listens there may always be one.
    private volatile ConcurrentDictionary<SignalingConnection, bool>? _leaving;

    /// <summary>Makes a server.</summary>
    /// <param name="broker">The rooms; clients of other transports, and members in this process, may meet there too.</param>
    /// <param name="options">What it allows; null: the defaults.</param>
    /// <param name="timeProvider">The clock of all that has a limit of time; null: the system's.</param>
    /// <param name="logger">Where it logs; null: nowhere.</param>
    /// <param name="meterFactory">Makes the meter; null: one that all servers of the process share.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public SignalingServer(
        RoomBroker broker,
        SignalingServerOptions? options = null,
        TimeProvider? timeProvider = null,
        ILogger<SignalingServer>? logger = null,
        IMeterFactory? meterFactory = null)
    {
        ArgumentNullException.ThrowIfNull(broker);
        Broker = broker;
        Options = (options ?? new SignalingServerOptions()).Checked();
        Time = timeProvider ?? TimeProvider.System;
        Logger = logger ?? NullLogger<SignalingServer>.Instance;
        Metrics = new SignalingMetrics(meterFactory);
        Rate = new TokenRate(Options.MaxFramesPerSecond, Options.FrameBurst, Time.TimestampFrequency);
        _maxRoomNameLength = broker.MaxRoomNameLength;
    }

    /// <summary>The rooms.</summary>
    public RoomBroker Broker { get; }

    /// <summary>How many connections are up; seats that are kept for one that is away have none.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>Whether <see cref="StopAsync"/> was called.</summary>
    public bool IsStopping => _isStopping;

    internal SignalingServerOptions Options { get; }

    internal TimeProvider Time { get; }

    internal ILogger Logger { get; }

    internal SignalingMetrics Metrics { get; }

    internal TokenRate Rate { get; }

    /// <summary>Takes up a client's connection.</summary>
    /// <param name="link">Carries frames to the client.</param>
    /// <param name="client">Who it is; null: anybody.</param>
    /// <returns>Takes the frames of the client.</returns>
    public SignalingConnection Connect(IClientLink link, SignalingClient? client = null)
    {
        ArgumentNullException.ThrowIfNull(link);
        SignalingConnection connection = new(this, link, client ?? Anybody);
        _connections.TryAdd(connection, true);
        Metrics.Connected(1);
        if (_isStopping)
            _ = connection.EndRestartingAsync().AsTask();

        return connection;
    }

    /// <summary>Stops: takes nothing more, sends what waits for each client, tells it to come back, and closes. What a client sent and was
    /// not taken it still has, and it is told how much was taken.</summary>
    /// <param name="cancellationToken">Ends the wait; connections that are still up are cut then.</param>
    /// <returns>A task that ends when none of the connections that were up is.</returns>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        _isStopping = true;
        ConcurrentDictionary<SignalingConnection, bool> leaving = _leaving ??= new(_connections, ReferenceEqualityComparer.Instance);

        // First nothing more is taken, then what was taken is delivered: so that no client is gone before what another sent to it. In
        // between nothing more is told: the first whose connection ends has not left, and its partner's call is to go on.
        foreach (SignalingConnection connection in _connections.Keys)
        {
            connection.AwaitReceived();
        }

        foreach (SignalingConnection connection in _connections.Keys)
        {
            connection.Silence();
        }

        foreach (SignalingConnection connection in _connections.Keys)
        {
            _ = connection.EndRestartingAsync().AsTask();
        }

        // Some may have gone before they could be crossed off.
        foreach (SignalingConnection connection in leaving.Keys)
        {
            if (!_connections.ContainsKey(connection))
                leaving.TryRemove(connection, out _);
        }

        if (leaving.IsEmpty)
            _haveLeft.TrySetResult();

        try
        {
            await _haveLeft.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            foreach (SignalingConnection connection in _connections.Keys)
            {
                connection.Cut();
            }
        }
    }

    internal void Forget(SignalingConnection connection)
    {
        if (_connections.TryRemove(connection, out _))
            Metrics.Connected(-1);

        if (_leaving is { } leaving && leaving.TryRemove(connection, out _) && leaving.IsEmpty)
            _haveLeft.TrySetResult();
    }

    internal Stay? FindStay(string room, string peerId)
    {
        RoomSeat? seat = Broker.FindSeat(room, peerId);
        if (seat?.Member is not Stay stay)
            return null;

        // It may be so new that the one who made it has not come to write it down.
        stay.Seat = seat;
        return stay;
    }

    /// <summary>What is wrong with a request for a room, or null.</summary>
    internal RoomEvent.Error? FindFault(in ClientFrame frame)
    {
        if (!RoomName.IsValid(frame.Room!, _maxRoomNameLength))
            return Broker.InvalidRoomName;

        return frame.Name is null || RoomName.IsValid(frame.Name, Options.MaxNameLength)
            ? null
            : new RoomEvent.Error(
                RoomErrorCode.InvalidName,
                $"Choose a name of 1 to {Options.MaxNameLength} characters that is not white space alone, and without control characters.");
    }

    /// <summary>What is wrong with what the hook that decides has returned, or null.</summary>
    internal string? FindFault(RoomAdmission admission)
    {
        if (admission.Name is { } name && !RoomName.IsValid(name, Options.MaxNameLength))
            return $"The hook gave a name that is none: one has 1 to {Options.MaxNameLength} characters, is not white space alone, and has no control characters.";

        return admission.IceServers is { } servers && !RoomBrokerOptions.AreIceServers(servers)
            ? "The hook gave ICE servers without URLs: give each one URL at least."
            : null;
    }

    private static SignalingClient Anybody { get; } = new();

    internal static partial class Log
    {
        [LoggerMessage(2100, LogLevel.Debug, "A connection broke.", EventName = "LinkBroke")]
        public static partial void LinkBroke(ILogger logger, Exception exception);

        [LoggerMessage(2101, LogLevel.Debug, "A client that was away did not come back in time.", EventName = "StayExpired")]
        public static partial void StayExpired(ILogger logger);

        [LoggerMessage(2102, LogLevel.Error, "The hook that decides who may enter a room threw; the client was refused.", EventName = "AdmissionThrew")]
        public static partial void AdmissionThrew(ILogger logger, Exception exception);

        [LoggerMessage(2103, LogLevel.Error, "A client could not be let in because of a fault; it was told to come again.", EventName = "EntryThrew")]
        public static partial void EntryThrew(ILogger logger, Exception exception);
    }
}
