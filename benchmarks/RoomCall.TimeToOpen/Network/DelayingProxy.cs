using System.Net;
using System.Net.Sockets;

namespace RoomCall.TimeToOpen.Network;

/// <summary>A network in front of a server that takes its time: half the round trip each way. Opening a connection costs a round trip too, as TCP's
/// handshake does on a real network: here the system answers it at once, so a client's first bytes are held back by as much.</summary>
internal sealed class DelayingProxy : IAsyncDisposable
{
    private readonly IPEndPoint _server;
    private readonly TimeSpan _roundTrip;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;

    public DelayingProxy(Uri server, TimeSpan roundTrip)
    {
        _server = IPEndPoint.Parse(server.Authority);
        _roundTrip = roundTrip;
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where the server is reached through the proxy.</summary>
    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> relays = [];
        try
        {
            while (true)
            {
                relays.RemoveAll(relay => relay.IsCompleted);
                relays.Add(RelayAsync(await _listener.AcceptSocketAsync(_ending.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(Socket client)
    {
        long accepted = TimeProvider.System.GetTimestamp();
        long opensAt = accepted + (long)(_roundTrip.TotalSeconds * TimeProvider.System.TimestampFrequency);
        using Socket given = client;
        using Socket server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(_server, _ending.Token);
            await Task.WhenAll(
                new DelayedLine(_roundTrip / 2, opensAt).CarryAsync(client, server, _ending.Token),
                new DelayedLine(_roundTrip / 2, accepted).CarryAsync(server, client, _ending.Token));
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            // One side is gone, or the proxy ends: the other side is let go too.
        }
    }
}
