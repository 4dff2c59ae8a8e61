using System.Net;
using System.Net.Sockets;

namespace RoomCall.Browser.Tests;

/// <summary>A network between the pages and their server, which can be cut, or swallow what it is given.</summary>
internal sealed class CuttableProxy : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly HashSet<TcpClient> _sockets = [];
    private readonly Task _accepting;
    private TaskCompletionSource _flowing = Done();
    private bool _isCut;

    public CuttableProxy(Uri server)
    {
        _server = server;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Resets all connections, and each new one.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _isCut = true;
            foreach (TcpClient socket in _sockets)
            {
                Reset(socket);
            }
        }
    }

    /// <summary>Takes what is sent and passes nothing on; connections stay up.</summary>
    public void Swallow() => Interlocked.Exchange(ref _flowing, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>All is well again.</summary>
    public void Mend()
    {
        lock (_gate)
        {
            _isCut = false;
        }

        Volatile.Read(ref _flowing).TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        Volatile.Read(ref _flowing).TrySetResult();
        await _accepting;
    }

    private static TaskCompletionSource Done()
    {
        TaskCompletionSource done = new();
        done.SetResult();
        return done;
    }

    private async Task AcceptAsync()
    {
        List<Task> relays = [];
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                break; // the proxy ends
            }

            relays.Add(RelayAsync(client));
        }

        await Task.WhenAll(relays);
    }

    private async Task RelayAsync(TcpClient client)
    {
        using TcpClient server = new() { NoDelay = true };
        client.NoDelay = true;
        try
        {
            if (!TryKeep(client, server))
                return;

            await server.ConnectAsync(_server.Host, _server.Port);
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            // The server does not listen, or the network was cut.
        }
        finally
        {
            lock (_gate)
            {
                _sockets.Remove(client);
                _sockets.Remove(server);
            }

            Reset(client);
        }
    }

    private bool TryKeep(TcpClient client, TcpClient server)
    {
        lock (_gate)
        {
            if (_isCut)
                return false;

            _sockets.Add(client);
            _sockets.Add(server);
            return true;
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            byte[] buffer = new byte[64 * 1024];
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var length)
            {
                await Volatile.Read(ref _flowing).Task;
                await to.GetStream().WriteAsync(buffer.AsMemory(0, length));
            }

            await Volatile.Read(ref _flowing).Task;
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone; the other is let go too.
        }
    }

    private static void Reset(TcpClient socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }
}
