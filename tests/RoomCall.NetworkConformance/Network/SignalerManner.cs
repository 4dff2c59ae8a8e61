using RoomCall.Signaling.Links;

namespace RoomCall.NetworkConformance;

/// <summary>How patient a signaler is. What is null is as in the defaults of its transport.</summary>
public sealed record SignalerManner
{
    /// <summary>How long one attempt to connect may take.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>After how long a silence the server is asked whether it is there.</summary>
    public TimeSpan? HeartbeatInterval { get; init; }

    /// <summary>How long it may take to answer that.</summary>
    public TimeSpan? HeartbeatTimeout { get; init; }

    /// <summary>When a lost connection is made again.</summary>
    public IReconnectPolicy Reconnect { get; init; } = new ExponentialBackoff();
}
