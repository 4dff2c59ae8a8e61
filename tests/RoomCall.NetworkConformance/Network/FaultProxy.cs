using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace RoomCall.NetworkConformance;

/// <summary>A network between one client and the server: forwards, delays, cuts and refuses, and cuts at a frame that it is told.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<ProxiedConnection, bool> _connections = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly int _targetPort;
    private volatile bool _isRefusing;
    private int _answersToLose;
    private FrameFault? _fault;
    private int _fromClient;
    private int _fromServer;

    public FaultProxy(int targetPort)
    {
        _targetPort = targetPort;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Whether the connections were cut for good: then the client is to give up.</summary>
    public bool IsCutForGood { get; private set; }

    /// <summary>How long what is forwarded is on its way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How many text frames went each way, over all connections.</summary>
    public int FramesFromClient => Volatile.Read(ref _fromClient);

    public int FramesFromServer => Volatile.Read(ref _fromServer);

    /// <summary>Whether nothing is armed, or it has happened.</summary>
    public bool HasHappened => Volatile.Read(ref _fault) is null;

    /// <summary>Sets what happens once, at a frame.</summary>
    public void Arm(FrameFault fault) => Volatile.Write(ref _fault, fault);

    /// <summary>Breaks the connections that are up. New ones are made.</summary>
    public void Cut()
    {
        foreach (ProxiedConnection connection in _connections.Keys)
        {
            connection.Reset();
        }
    }

    public void CutForGood()
    {
        IsCutForGood = true;
        Cut();
    }

    /// <summary>Breaks the connections, and refuses new ones until <see cref="Resume"/>.</summary>
    public void Interrupt()
    {
        _isRefusing = true;
        Cut();
    }

    public void Resume() => _isRefusing = false;

    /// <summary>Ends one direction of the connections that are up, in order, and leaves the other.</summary>
    public void HalfClose(Way way)
    {
        foreach (ProxiedConnection connection in _connections.Keys)
        {
            connection.HalfClose(way);
        }
    }

    /// <summary>The server's answer to a request for a WebSocket is lost next, and the connection with it.</summary>
    public void LoseNextAnswer() => Volatile.Write(ref _answersToLose, 1);

    /// <summary>Whether the answer is lost that is about to be forwarded.</summary>
    public bool TryLoseAnswer() => Interlocked.Exchange(ref _answersToLose, 0) != 0;

    /// <summary>A frame is about to be forwarded.</summary>
    /// <returns>What happens at it.</returns>
    public FrameFault? OnFrame(Way way)
    {
        int number = way == Way.FromClient ? Interlocked.Increment(ref _fromClient) : Interlocked.Increment(ref _fromServer);
        FrameFault? fault = Volatile.Read(ref _fault);
        if (fault is null || fault.Way != way || number < fault.Number)
        {
            return null;
        }

        return Interlocked.CompareExchange(ref _fault, null, fault) == fault ? fault : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        foreach (ProxiedConnection connection in _connections.Keys)
        {
            await connection.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_stop.Token);
                if (_isRefusing)
                {
                    client.Close(0);
                    continue;
                }

                ProxiedConnection connection = new(this, client);
                _connections.TryAdd(connection, true);
                connection.Start(_targetPort, () => _connections.TryRemove(connection, out _));
                if (_isRefusing)
                {
                    connection.Reset();
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }
}
