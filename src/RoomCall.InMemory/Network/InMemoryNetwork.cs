using System.Collections.Concurrent;

namespace RoomCall.InMemory;

/// <summary>
/// The wire between the peer connections of one process. It runs in real time, or in virtual time when it is given a virtual
/// <see cref="TimeProvider"/>. Safe for concurrent use.
/// </summary>
/// <remarks>
/// <para>With no latency, jitter or loss a packet arrives on the thread that sent it, after the sending operation has let go of its locks
/// and before it returns: a whole call then runs in the order of its calls. A very long exchange goes on on the thread pool.</para>
/// <para>With latency a connection takes about as long as a real one: one round trip for the ICE check, two for DTLS, one for the opening
/// of a data channel. A data channel has at most 1 MiB on the way or unread, so that its throughput is 1 MiB for each round trip.</para>
/// </remarks>
public sealed class InMemoryNetwork
{
    private readonly ConcurrentDictionary<NetworkAddress, InMemoryPeerConnection> _addresses = new();
    private readonly ConcurrentDictionary<int, InMemoryPeerConnection> _connections = new();
    private readonly Random _random;
    private uint _lastAddress;
    private int _lastConnection;
    private volatile bool _isDown;

    /// <summary>Makes a network.</summary>
    /// <param name="options">Latency, loss, time-outs; null: the defaults.</param>
    /// <param name="timeProvider">The clock of every delay; null: the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public InMemoryNetwork(InMemoryNetworkOptions? options = null, TimeProvider? timeProvider = null)
    {
        Options = (options ?? new()).Validated();
        Time = timeProvider ?? TimeProvider.System;
        _random = new(Options.Seed);
    }

    /// <summary>How packets are carried.</summary>
    public InMemoryNetworkOptions Options { get; }

    /// <summary>The connections that are on this network now: made, and neither disposed nor vanished; in the order in which they were
    /// made, so that what is done to all of them is done in the same order each time.</summary>
    public IReadOnlyCollection<InMemoryPeerConnection> Connections => [.. _connections.OrderBy(static pair => pair.Key).Select(static pair => pair.Value)];

    /// <summary>Takes the whole network down: no packet flows. After <see cref="InMemoryNetworkOptions.DisconnectedAfter"/> every
    /// connection is disconnected, after <see cref="InMemoryNetworkOptions.FailedAfter"/> more it is failed.</summary>
    public void Disconnect() => SetDown(true);

    /// <summary>Brings the network back. A connection that is not failed yet comes back by itself; a failed one needs an ICE restart.</summary>
    public void Reconnect() => SetDown(false);

    internal TimeProvider Time { get; }

    internal bool IsDown => _isDown;

    /// <summary>How many addresses are taken; none when every connection is disposed.</summary>
    internal int AddressCount => _addresses.Count;

    /// <summary>Adds a connection, and gives its number.</summary>
    internal int Add(InMemoryPeerConnection connection)
    {
        int number = Interlocked.Increment(ref _lastConnection);
        _connections.TryAdd(number, connection);
        return number;
    }

    internal void Remove(InMemoryPeerConnection connection, NetworkAddress[] addresses)
    {
        foreach (NetworkAddress address in addresses) _addresses.TryRemove(address, out _);
        _connections.TryRemove(connection.Number, out _);
    }

    internal ulong NextSeed()
    {
        lock (_random)
        {
            return (ulong)_random.NextInt64(long.MinValue, long.MaxValue);
        }
    }

    /// <summary>Takes a free address in one of the documentation networks.</summary>
    internal NetworkAddress Bind(InMemoryPeerConnection connection, int network)
    {
        NetworkAddress address;
        do address = NetworkAddress.At(network, Interlocked.Increment(ref _lastAddress) - 1);
        while (!_addresses.TryAdd(address, connection));
        return address;
    }

    internal InMemoryPeerConnection? Find(NetworkAddress address) => _addresses.GetValueOrDefault(address);

    private void SetDown(bool isDown)
    {
        _isDown = isDown;
        foreach (InMemoryPeerConnection connection in Connections) connection.OnPathMayHaveChanged();
        Trampoline.Run();
    }
}
