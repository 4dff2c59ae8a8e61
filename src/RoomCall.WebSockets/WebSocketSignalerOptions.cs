using System.Net.WebSockets;
using RoomCall.Signaling.Links;

namespace RoomCall.WebSockets;

/// <summary>How a client reaches its signaling server over WebSockets. Checked and copied when the transport is made.</summary>
public sealed record WebSocketSignalerOptions
{
    /// <summary>The server's address, absolute, with the path that <c>MapRoomCall</c> was given: <c>wss</c> or <c>ws</c>; <c>https</c> and
    /// <c>http</c> are taken as these. Must be set.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>What the others in the room are told that this peer is called, 1 to 64 characters; null: nothing.
    /// <value>Default: null.</value></summary>
    public string? Name { get; set; }

    /// <summary>Gives the bearer token of the <c>Authorization</c> header, or null for none. Asked for at each attempt to connect, so that a
    /// token that has expired is followed by a fresh one. <value>Default: null, no token.</value></summary>
    public Func<CancellationToken, ValueTask<string?>>? AccessTokenProvider { get; set; }

    /// <summary>Further headers of the request. <value>Default: none.</value></summary>
    public IDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long one attempt to connect may take, the token included: more than zero, at most one hour.
    /// <value>Default: 10 s.</value></summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After how long a silence the server is pinged, 1 ms to one hour; <see cref="Timeout.InfiniteTimeSpan"/>: never.
    /// <value>Default: 4 s.</value></summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long it may take to answer a ping, 1 ms to one hour; then the connection counts as lost. The answer is seen only while
    /// the events are read. <see cref="Timeout.InfiniteTimeSpan"/>: for ever. <value>Default: 4 s.</value></summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>The largest frame that is taken from the server, 1 KiB to 1 GiB; a larger one ends the stay as
    /// <see cref="RoomCallErrorCode.Malformed"/>. <value>Default: 1 MiB.</value></summary>
    public int MaxFrameBytes { get; set; } = 1024 * 1024;

    /// <summary>When a lost connection is made again, and when no more. <value>Default: <see cref="ExponentialBackoff"/> with its
    /// defaults.</value></summary>
    public IReconnectPolicy Reconnect { get; set; } = new ExponentialBackoff();

    /// <summary>Called for each attempt, last: for proxies, cookies, client certificates and the like. <value>Default: null.</value></summary>
    public Action<ClientWebSocketOptions>? ConfigureSocket { get; set; }

    /// <summary>What sends the request, for connections that are made in a way of their own; then proxies, cookies and certificates are set
    /// there, and not by <see cref="ConfigureSocket"/>. Not disposed by the transport. <value>Default: null, the framework's.</value></summary>
    public HttpMessageInvoker? HttpMessageInvoker { get; set; }
}
