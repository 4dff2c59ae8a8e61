using System.Net;
using System.Net.Sockets;

namespace RoomCall.Browser.Tests;

/// <summary>A network between the pages and their server, which can be cut, or swallow what it is given.</summary>
internal sealed class CuttableProxy : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly HashSet<Socket> _sockets = [];
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
            foreach (Socket socket in _sockets)
            {
                socket.Close(0);
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
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync();
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                break; // the proxy ends
            }

            relays.Add(RelayAsync(client));
        }

        await Task.WhenAll(relays);
    }

    private async Task RelayAsync(Socket client)
    {
        using Socket server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            if (!TryKeep(client, server))
                return;

            await server.ConnectAsync(_server.Host, _server.Port);
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
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

            client.Close(0);
        }
    }

    private bool TryKeep(Socket client, Socket server)
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

    private async Task PumpAsync(Socket from, Socket to)
    {
        try
        {
            byte[] buffer = new byte[64 * 1024];
            while (await from.ReceiveAsync(buffer) is > 0 and var length)
            {
                await Volatile.Read(ref _flowing).Task;
                await SendAsync(to, buffer.AsMemory(0, length));
            }

            await Volatile.Read(ref _flowing).Task;
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // One side is gone; the other is let go too.
        }
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await to.SendAsync(bytes)..];
        }
    }
}
