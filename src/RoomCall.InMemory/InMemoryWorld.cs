using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RoomCall.PeerConnections;
using RoomCall.Server;
using RoomCall.Signaling;

namespace RoomCall.InMemory;

/// <summary>
/// A signaling server and a network inside one process: all that calls need. Clients of one world meet in its rooms. Safe for
/// concurrent use.
/// </summary>
/// <remarks>
/// <para>It runs in real time or, with a virtual <see cref="TimeProvider"/>, in virtual time. Every chance is decided by
/// <see cref="InMemoryNetworkOptions.Seed"/>.</para>
/// <para>A world holds nothing that outlives its sessions, so it need not be disposed.</para>
/// </remarks>
public sealed class InMemoryWorld
{
    private readonly ILoggerFactory _loggerFactory;
    private readonly TimeProvider _timeProvider;
    private int _lastPeer;

    /// <summary>Makes a world.</summary>
    /// <param name="options">The network, the rooms and the signaling; null: the defaults, without latency or loss.</param>
    /// <param name="timeProvider">The clock of everything in it; null: the system's.</param>
    /// <param name="loggerFactory">Where its rooms and clients log; null: nowhere.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public InMemoryWorld(InMemoryWorldOptions? options = null, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
    {
        Options = options ?? new InMemoryWorldOptions();
        _timeProvider = timeProvider ?? TimeProvider.System;
        _loggerFactory = loggerFactory ?? NullLoggerFactory.Instance;
        Network = new InMemoryNetwork(Options.Network, _timeProvider);
        RoomBrokerOptions rooms = Options.Rooms with { PeerIdFactory = Options.Rooms.PeerIdFactory ?? NextPeerId };
        Rooms = new RoomBroker(rooms, _timeProvider, _loggerFactory.CreateLogger<RoomBroker>());
    }

    /// <summary>The clock of everything in this world.</summary>
    public TimeProvider TimeProvider => _timeProvider;

    /// <summary>How the world behaves.</summary>
    public InMemoryWorldOptions Options { get; }

    /// <summary>The wire between the peer connections.</summary>
    public InMemoryNetwork Network { get; }

    /// <summary>The signaling server's rooms. Its peers are called <c>peer-1</c>, <c>peer-2</c> and so on, unless the options name
    /// them otherwise.</summary>
    public RoomBroker Rooms { get; }

    /// <summary>Makes a way to this world's signaling server.</summary>
    /// <returns>A signaler of its own, which can be interrupted or cut without harm to others.</returns>
    public InMemorySignaler CreateSignaler() => new(Rooms, Options.Signaling, _timeProvider);

    /// <summary>Makes an engine on this world's network.</summary>
    /// <param name="options">What the engine can do; null: everything.</param>
    /// <returns>An engine of its own, which can fail or be cut without harm to others.</returns>
    public InMemoryPeerConnectionFactory CreateEngine(InMemoryPeerConnectionOptions? options = null) => new(Network, options);

    /// <summary>Makes a client that joins this world's rooms.</summary>
    /// <param name="options">How its calls are made; null: the defaults.</param>
    /// <param name="signaler">Its way to the server; null: one of its own.</param>
    /// <param name="engine">Its engine; null: one of its own.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public CallClient CreateClient(
        CallOptions? options = null,
        IRoomSignaler? signaler = null,
        IPeerConnectionFactory? engine = null) =>
        new(signaler ?? CreateSignaler(), engine ?? CreateEngine(), options, _timeProvider, _loggerFactory);

    private string NextPeerId() => string.Create(CultureInfo.InvariantCulture, $"peer-{Interlocked.Increment(ref _lastPeer)}");
}
