using Microsoft.AspNetCore.Builder;
using RoomCall.AspNetCore;

namespace RoomCall.NetworkConformance;

/// <summary>A way for clients to reach the server over real sockets; what the writer of a signaler over a network brings to the
/// fixtures.</summary>
/// <remarks>The proxies count the text frames of WebSockets and break at them. So each connection of a client has to become a WebSocket by
/// its first request: one that asks for something else before is counted wrongly.</remarks>
public abstract class Network
{
    /// <summary>How many text frames go each way before a connection is up: where one of these fails, the first attempt of a client does, and
    /// is told so.</summary>
    public virtual int FramesToConnect => 0;

    /// <summary>Starts a server that this network leads to.</summary>
    /// <param name="port">Where; 0: at a free port.</param>
    /// <param name="configure">Sets more options.</param>
    public Task<SignalingApp> StartAsync(int port = 0, Action<RoomCallServerOptions>? configure = null) =>
        SignalingApp.StartAsync(port, configure, Build, Map);

    /// <summary>Makes a client with a network of its own between it and the server, which connects again fast.</summary>
    /// <param name="port">Where the server is.</param>
    /// <param name="heartbeat">After how long a silence the server is asked, and how long it may take to answer; null: as in the
    /// defaults.</param>
    public ProxiedSignaler CreateSignaler(int port, TimeSpan? heartbeat = null)
    {
        FaultProxy proxy = new(port);
        return new ProxiedSignaler(proxy, CreateDirectSignaler(proxy.Port, new SignalerManner
        {
            HeartbeatInterval = heartbeat,
            HeartbeatTimeout = heartbeat,
            Reconnect = new QuickPolicy(proxy),
        }));
    }

    /// <summary>Makes a client with nothing between it and a port of this machine, which may enter many rooms at once.</summary>
    /// <param name="port">The port of the server, or of a proxy before it.</param>
    /// <param name="manner">How patient it is.</param>
    public abstract OwningSignaler CreateDirectSignaler(int port, SignalerManner manner);

    /// <summary>Adds the services that the server needs for this.</summary>
    /// <param name="builder">The server's application.</param>
    public virtual void Build(WebApplicationBuilder builder)
    {
    }

    /// <summary>Maps the endpoint that the clients connect to.</summary>
    /// <param name="application">The server's application.</param>
    public virtual void Map(WebApplication application)
    {
    }
}
