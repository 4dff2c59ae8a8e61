using System.Net;
using System.Net.Sockets;

namespace RoomCall.NetworkConformance;

/// <summary>One connection through a proxy, which knows where WebSocket frames begin and end.</summary>
internal sealed class ProxiedConnection(FaultProxy proxy, Socket client) : IAsyncDisposable
{
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly TaskCompletionSource _unstalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStalled;
    private Task _running = Task.CompletedTask;

    public void Start(int port, Action atEnd) => _running = RunAsync(port, atEnd);

    /// <summary>Ends both ways at once, without a word.</summary>
    public void Reset()
    {
        _unstalled.TrySetResult();
        foreach (Socket socket in new[] { client, _server })
        {
            // Nothing is left to linger: the other end gets a reset.
            socket.Close(0);
        }
    }

    public void HalfClose(Way way)
    {
        try
        {
            (way == Way.FromClient ? _server : client).Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        Reset();
        await _running;
    }

    private async Task RunAsync(int port, Action atEnd)
    {
        try
        {
            client.NoDelay = _server.NoDelay = true;
            await _server.ConnectAsync(IPAddress.Loopback, port);
            await Task.WhenAll(PumpAsync(client, _server, Way.FromClient), PumpAsync(_server, client, Way.FromServer));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
        finally
        {
            Reset();
            atEnd();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Way way)
    {
        FrameSplitter splitter = new();
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                if (proxy.Delay > TimeSpan.Zero)
                {
                    await Task.Delay(proxy.Delay, TimeProvider.System);
                }

                if (!await ForwardAsync(splitter, buffer.AsMemory(0, count), to, way))
                {
                    return;
                }
            }

            HalfClose(way);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            Reset();
        }
    }

    private async Task<bool> ForwardAsync(FrameSplitter splitter, ReadOnlyMemory<byte> bytes, Socket to, Way way)
    {
        while (!bytes.IsEmpty)
        {
            bool isAnswer = way == Way.FromServer && !splitter.HasHandshake;
            int length = splitter.Take(bytes.Span, out bool endsFrame);
            if (isAnswer && splitter.HasHandshake && proxy.TryLoseAnswer())
            {
                Drop();
                return false;
            }

            FrameFault? fault = endsFrame ? proxy.OnFrame(way) : null;
            int forwarded = fault?.Kind switch
            {
                FaultKind.CutBefore => 0,
                FaultKind.CutWithin => length / 2,
                _ => length,
            };
            if (_isStalled)
            {
                await _unstalled.Task;
            }

            for (ReadOnlyMemory<byte> rest = bytes[..forwarded]; !rest.IsEmpty; rest = rest[await to.SendAsync(rest)..])
            {
            }

            if (fault is not null && !Break(fault.Kind, way))
            {
                return false;
            }

            bytes = bytes[length..];
        }

        return true;
    }

    /// <returns>Whether this way goes on.</returns>
    private bool Break(FaultKind kind, Way way)
    {
        switch (kind)
        {
            case FaultKind.StallAfter:
                _isStalled = true;
                return true;

            case FaultKind.HalfCloseAfter:
                HalfClose(way);
                return false;

            default:
                Drop();
                return false;
        }
    }

    /// <summary>As <see cref="Reset"/>, but what was forwarded arrives.</summary>
    private void Drop()
    {
        foreach (Socket socket in new[] { client, _server })
        {
            try
            {
                socket.Shutdown(SocketShutdown.Both);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
            }
        }
    }
}
