using RoomCall.Server;

namespace RoomCall.AspNetCore;

/// <summary>How the signaling server of an application behaves. Checked when the application starts; later changes have no effect.</summary>
public sealed class RoomCallServerOptions : SignalingServerOptions
{
    /// <summary>The rooms: how many, of how many places, with which messages and ICE servers.</summary>
    public RoomBrokerOptions Rooms { get; set; } = new();

    /// <summary>How large a frame of a client may be, in bytes, 1 KiB to 16 MiB; a payload has <see cref="RoomBrokerOptions.MaxMessageBytes"/>
    /// as its limit too. <value>Default: 64 KiB.</value></summary>
    public int MaxFrameBytes { get; set; } = 64 * 1024;

    /// <summary>After how long a silence a connection is asked whether it is alive, half a second to one hour. With
    /// <see cref="HeartbeatTimeout"/> it bounds how long a client that vanished without a word stays unnoticed: on a hub for their sum, 7 s by
    /// default; on a WebSocket, where both are looked at once a second, or four times in the shorter of the two where that is longer, for at
    /// most 9 s.
    /// <value>Default: 3 s.</value></summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the answer may take, half a second to one hour; then the connection is taken as dead. <value>Default: 4 s.</value></summary>
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How many stays a client may have at a time on one connection to a hub, 1 to 100,000; a WebSocket carries one. As many again
    /// may be on their way out, ended by the server while the client has not ended its stream.
    /// <value>Default: 32.</value></summary>
    public int MaxStaysPerConnection { get; set; } = 32;

    /// <summary>The origins of pages that may connect beside the server's own, such as <c>https://example.org</c>; <c>*</c> allows all.
    /// Clients that are no browsers send no origin and may connect. <value>Default: none, so the server's own only.</value></summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Decides who may create or join a room, under which name, and with which ICE servers; it runs once for each stay, after
    /// ASP.NET Core's own authorization, and has <see cref="SignalingServerOptions.JoinTimeout"/> to decide. Of a client that sends more
    /// meanwhile no answer to a heartbeat is read: on a WebSocket it is taken as dead after <see cref="HeartbeatInterval"/> and
    /// <see cref="HeartbeatTimeout"/>, on a hub its heartbeat waits. What it throws is logged, and the client is refused.
    /// <value>Default: null, everybody may.</value></summary>
    public Func<RoomRequest, ValueTask<RoomAdmission>>? OnJoin { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<string> FindFaults()
    {
        foreach (string fault in base.FindFaults())
        {
            yield return fault;
        }

        if (Rooms is null)
            yield return $"Set {nameof(Rooms)} to options; new ones have the defaults.";
        if (MaxFrameBytes is < 1024 or > 16 * 1024 * 1024)
            yield return Range(nameof(MaxFrameBytes), "1 KiB", "16 MiB");
        if (MaxStaysPerConnection is < 1 or > 100_000)
            yield return Range(nameof(MaxStaysPerConnection), "1", "100,000");
        if (!IsHeartbeat(HeartbeatInterval))
            yield return Range(nameof(HeartbeatInterval), "half a second", "one hour");
        if (!IsHeartbeat(HeartbeatTimeout))
            yield return Range(nameof(HeartbeatTimeout), "half a second", "one hour");

        foreach (string origin in AllowedOrigins)
        {
            if (origin != "*" && !Origins.IsOrigin(origin))
                yield return $"'{origin}' in {nameof(AllowedOrigins)} is no origin: write it as https://example.org, without a path.";
        }
    }

    internal RoomCallServerOptions Copy() => (RoomCallServerOptions)MemberwiseClone();

    private static bool IsHeartbeat(TimeSpan time) => time >= TimeSpan.FromSeconds(0.5) && time <= TimeSpan.FromHours(1);
}
