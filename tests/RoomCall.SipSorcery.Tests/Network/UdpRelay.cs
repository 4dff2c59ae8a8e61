using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace RoomCall.SipSorcery.Tests;

/// <summary>Hands datagrams on to a port of a side, from a socket of its own for each sender, and the answers back.</summary>
internal sealed class UdpRelay : IAsyncDisposable
{
    private readonly LossyNetwork _network;
    private readonly NetworkPlug _plug;
    private readonly IPEndPoint _target;
    private readonly Socket _front = Bind();
    private readonly ConcurrentDictionary<EndPoint, Socket> _backs = new();
    private readonly ConcurrentBag<Task> _pumps = [];
    private readonly CancellationTokenSource _stop = new();

    public UdpRelay(LossyNetwork network, int port, NetworkPlug plug)
    {
        (_network, _plug) = (network, plug);
        _target = new IPEndPoint(IPAddress.Loopback, port);
        _network.Own(Port, plug);
        _pumps.Add(PumpAsync(_front, ToTargetAsync));
    }

    public int Port => ((IPEndPoint)_front.LocalEndPoint!).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_pumps);
        _front.Dispose();
        foreach (Socket back in _backs.Values)
            back.Dispose();
        _stop.Dispose();
    }

    private async Task ToTargetAsync(IPEndPoint sender, ReadOnlyMemory<byte> datagram)
    {
        Socket back = _backs.GetOrAdd(sender, _ =>
        {
            Socket socket = Bind();
            _network.Own(((IPEndPoint)socket.LocalEndPoint!).Port, _plug);
            _pumps.Add(PumpAsync(socket, (_, answer) =>
                _network.IsCut(sender.Port) ? Task.CompletedTask : _front.SendToAsync(answer, SocketFlags.None, sender, _stop.Token).AsTask()));
            return socket;
        });
        if (!_network.IsCut(sender.Port))
            await back.SendToAsync(datagram, SocketFlags.None, _target, _stop.Token);
    }

    private async Task PumpAsync(Socket socket, Func<IPEndPoint, ReadOnlyMemory<byte>, Task> hand)
    {
        byte[] buffer = new byte[65_536];
        IPEndPoint any = new(IPAddress.Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token);
                if (!_plug.IsOut)
                    await hand((IPEndPoint)received.RemoteEndPoint, buffer.AsMemory(0, received.ReceivedBytes));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // The other end is gone: a datagram is lost.
            }
        }
    }

    private static Socket Bind()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
