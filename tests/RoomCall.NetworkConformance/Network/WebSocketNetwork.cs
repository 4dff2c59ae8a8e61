using RoomCall.Signaling.Links;
using RoomCall.WebSockets;

namespace RoomCall.NetworkConformance;

/// <summary>Clients that come by WebSocket.</summary>
public sealed class WebSocketNetwork : Network
{
    public override OwningSignaler CreateDirectSignaler(int port, SignalerManner manner)
    {
        WebSocketSignalerOptions options = new() { Endpoint = new Uri($"ws://127.0.0.1:{port}{SignalingApp.WebSocketPath}") };
        options.ConnectTimeout = manner.ConnectTimeout ?? options.ConnectTimeout;
        options.KeepAliveInterval = manner.HeartbeatInterval ?? options.KeepAliveInterval;
        options.KeepAliveTimeout = manner.HeartbeatTimeout ?? options.KeepAliveTimeout;
        return new OwningSignaler(new ResumingSignaler(
            new WebSocketTransport(options), new ResumingSignalerOptions { Reconnect = manner.Reconnect }));
    }
}
