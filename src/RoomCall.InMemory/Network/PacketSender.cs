using RoomCall.DataChannels;

namespace RoomCall.InMemory;

/// <summary>Sends the packets of one connection: says when each arrives, and which are lost. Used under the connection's lock.</summary>
internal sealed class PacketSender(InMemoryPeerConnection owner)
{
    private Queue<(Action<InMemoryPeerConnection, object?> Handler, object? Argument)>? _held;
    private DelayLine? _line;

    /// <summary>When the last packet that must stay in order arrives, as a timestamp.</summary>
    public long LastDue { get; private set; }

    private InMemoryNetworkOptions Options => owner.Network.Options;

    /// <summary>Sends a packet that chance does not lose, behind those sent before.</summary>
    public void Send(InMemoryPeerConnection peer, Action<InMemoryPeerConnection, object?> handler, object? argument)
    {
        if (!Options.IsInstant) LastDue = Math.Max(LastDue, Now() + Travel());
        Post(peer, handler, argument, WorkKind.Packet, LastDue);
    }

    /// <summary>Sends a packet to the peer now, or holds it until the network is back.</summary>
    public void SendReliably(Action<InMemoryPeerConnection, object?> handler, object? argument)
    {
        if (owner.CanSend) Send(owner.Ice.Peer!, handler, argument);
        else (_held ??= new()).Enqueue((handler, argument));
    }

    /// <summary>Sends what was held.</summary>
    public void Resume()
    {
        while (owner.CanSend && _held is not null && _held.TryDequeue(out (Action<InMemoryPeerConnection, object?> Handler, object? Argument) packet))
            Send(owner.Ice.Peer!, packet.Handler, packet.Argument);
    }

    /// <summary>Sends a message of a channel; false where chance loses it for good. It keeps its place behind
    /// <paramref name="lastDue"/> where the channel is ordered.</summary>
    public bool SendMessage(Action<InMemoryPeerConnection, object?> handler, object argument, DataChannelOptions options, ref long lastDue)
    {
        long due = 0;
        if (!Options.IsInstant)
        {
            if (Retransmissions(options) is not { } delay) return false;
            due = Now() + Travel() + delay;
            lastDue = Math.Max(lastDue, due);
            if (options.Ordered) due = lastDue;
        }

        Post(owner.Ice.Peer!, handler, argument, WorkKind.Notice, due);
        return true;
    }

    /// <summary>Sends a media frame, once; it may be lost.</summary>
    public void SendFrame(Action<InMemoryPeerConnection, object?> handler, object argument)
    {
        if (Options.Loss > 0 && owner.Random.NextDouble() < Options.Loss) return;
        Post(owner.Ice.Peer!, handler, argument, WorkKind.Notice, Options.IsInstant ? 0 : Now() + Travel());
    }

    /// <summary>Has what is sent next arrive no earlier than a message that was sent before.</summary>
    public void StayBehind(long due) => LastDue = Math.Max(LastDue, due);

    /// <summary>Ends: what is on its way still arrives.</summary>
    public void Close()
    {
        _held = null;
        _line?.Close();
    }

    private void Post(InMemoryPeerConnection peer, Action<InMemoryPeerConnection, object?> handler, object? argument, WorkKind kind, long due)
    {
        if (Options.IsInstant) peer.Inbox.Post(handler, argument, kind);
        else (_line ??= new(owner.Network.Time)).Send(peer.Inbox, handler, argument, kind, due);
    }

    private long Now() => owner.Network.Time.GetTimestamp();

    private long Travel()
    {
        TimeSpan travel = Options.Latency;
        if (Options.Jitter > TimeSpan.Zero) travel += Options.Jitter * owner.Random.NextDouble();
        return Ticks(travel);
    }

    /// <summary>How much later a message arrives because it must be sent again; null: never.</summary>
    private long? Retransmissions(DataChannelOptions options)
    {
        TimeSpan delay = TimeSpan.Zero;
        if (Options.Loss == 0) return 0;
        for (int attempt = 0; owner.Random.NextDouble() < Options.Loss; attempt++)
        {
            if (Options.Loss >= 1 || attempt >= options.MaxRetransmits) return null;
            delay += Options.RetransmissionDelay + (2 * Options.Latency);
            if (delay > options.MaxPacketLifeTime) return null;
        }

        return Ticks(delay);
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * owner.Network.Time.TimestampFrequency);
}
