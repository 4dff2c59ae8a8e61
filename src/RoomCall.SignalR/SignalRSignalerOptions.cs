using Microsoft.AspNetCore.SignalR.Client;
using RoomCall.Signaling.Links;

namespace RoomCall.SignalR;

/// <summary>How a client speaks to its signaling server over a SignalR connection. Address, token, protocol and logging are the connection's.
/// Checked and copied when the transport is made.</summary>
public sealed record SignalRSignalerOptions
{
    /// <summary>What the others in the room are told that this peer is called, 1 to 64 characters; null: nothing.
    /// <value>Default: null.</value></summary>
    public string? Name { get; set; }

    /// <summary>Whether RoomCall starts the connection where it is not started or has closed, and starts it anew where the server does not
    /// answer on it any more. Set it to false for a connection that your program starts and stops itself: then a join fails where it is not
    /// started, and a stay that has begun waits for it, as long as <see cref="Reconnect"/> allows. SignalR's own automatic reconnect is waited
    /// for either way; where this is true for one <see cref="ConnectTimeout"/>, after which RoomCall starts the connection itself. Nobody but
    /// your program stops the connection for good and disposes it. <value>Default: true.</value></summary>
    public bool StartConnection { get; set; } = true;

    /// <summary>How long one attempt may take to get the connection connected, by starting it or by waiting for SignalR's automatic reconnect:
    /// more than zero, at most one hour. <value>Default: 10 s.</value></summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After how long a silence the server is asked whether it is there, 1 ms to one hour; <see cref="Timeout.InfiniteTimeSpan"/>:
    /// never, and a dead server is noticed after <see cref="HubConnection.ServerTimeout"/>. <value>Default: 4 s.</value></summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long the answer may take, 1 ms to one hour; then the connection counts as lost. Where no stay has heard anything on it for
    /// so long it is started anew. <value>Default: 4 s.</value></summary>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>The largest frame that is taken from the server, 1 KiB to 1 GiB; a larger one ends the stay as
    /// <see cref="RoomCallErrorCode.Malformed"/>. <value>Default: 1 MiB.</value></summary>
    public int MaxFrameBytes { get; set; } = 1024 * 1024;

    /// <summary>When a lost stay is taken up again, and when no more. <value>Default: <see cref="ExponentialBackoff"/> with its
    /// defaults.</value></summary>
    public IReconnectPolicy Reconnect { get; set; } = new ExponentialBackoff();
}
