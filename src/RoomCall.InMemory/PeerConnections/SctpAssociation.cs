using System.Text;
using RoomCall.DataChannels;

namespace RoomCall.InMemory;

/// <summary>The data channels of one connection (RFC 8831, RFC 8832). Used under the connection's lock.</summary>
internal sealed class SctpAssociation(InMemoryPeerConnection owner)
{
    private const int Streams = 65_535;

    private readonly List<InMemoryDataChannel> _channels = new(1);
    private int _announced;

    /// <summary>Whether a description needs a section for data channels.</summary>
    public bool IsWanted => _channels.Count > 0;

    /// <summary>The largest message both sides take; before they agreed, what this side takes.</summary>
    public int MaxMessageSize
    {
        get
        {
            int own = owner.Factory.Options.MaxMessageSize;
            return owner.Negotiation.AgreedRemote?.Application is null || owner.Negotiation.AgreedRemote.MaxMessageSize == 0
                ? own
                : (int)Math.Min(own, owner.Negotiation.AgreedRemote.MaxMessageSize);
        }
    }

    public InMemoryDataChannel Create(string label, DataChannelOptions options)
    {
        Validate(label, options);
        InMemoryDataChannel channel = new(owner, label, options);
        _channels.Add(channel);
        Open(channel);
        return channel;
    }

    /// <summary>Opens what waits, and sends what waits: the connection is up, for the first time or again.</summary>
    public void Resume()
    {
        foreach (InMemoryDataChannel channel in _channels.ToArray())
        {
            Open(channel);
            channel.Flush();
        }
    }

    /// <summary>The peer is gone: what had arrived is still delivered.</summary>
    public void CutOff(Exception error)
    {
        foreach (InMemoryDataChannel channel in _channels.ToArray()) channel.CutOff(error);
    }

    /// <summary>This side ends: gives the channels, which nothing reaches any more.</summary>
    public InMemoryDataChannel[] Abandon(Exception? error)
    {
        InMemoryDataChannel[] channels = [.. _channels];
        _channels.Clear();
        foreach (InMemoryDataChannel channel in channels) channel.Abandon(error);
        return channels;
    }

    public void Forget(InMemoryDataChannel channel) => _channels.Remove(channel);

    private static void Validate(string label, DataChannelOptions options)
    {
        ArgumentNullException.ThrowIfNull(label);
        ArgumentNullException.ThrowIfNull(options);
        const int most = ushort.MaxValue;
        if (Encoding.UTF8.GetByteCount(label) > most) throw new ArgumentException("A label has at most 65,535 bytes of UTF-8.", nameof(label));
        if (Encoding.UTF8.GetByteCount(options.Protocol) > most)
            throw new ArgumentException("A protocol has at most 65,535 bytes of UTF-8.", nameof(options));
        if (options is { MaxRetransmits: not null, MaxPacketLifeTime: not null })
            throw new ArgumentException("Give MaxRetransmits or MaxPacketLifeTime, not both (RFC 8831).", nameof(options));
        if (options.MaxRetransmits is < 0 or > most)
            throw new ArgumentException("MaxRetransmits must lie between 0 and 65,535.", nameof(options));
        if (options.MaxPacketLifeTime is { } life && life.TotalMilliseconds is < 0 or > most)
            throw new ArgumentException("MaxPacketLifeTime must lie between 0 and 65,535 ms.", nameof(options));
    }

    private void Open(InMemoryDataChannel channel)
    {
        if (!owner.CanSend || !channel.BeginOpening() || owner.Negotiation.AgreedLocal?.Application is null
            || owner.Negotiation.AgreedRemote?.Application is null)
            return;
        channel.Announce(NextId());
        owner.SendReliably(static (connection, opened) => connection.Association.OnOpen((InMemoryDataChannel)opened!), channel);
    }

    /// <summary>Even for the client of DTLS, odd for its server (RFC 8832, section 6), and none twice: null when they are used up.</summary>
    private int? NextId()
    {
        int id = 2 * _announced + (owner.Negotiation.IsDtlsClient ? 0 : 1);
        if (id >= Streams) return null;
        _announced++;
        return id;
    }

    private void OnOpen(InMemoryDataChannel remote)
    {
        InMemoryDataChannel channel = new(owner, remote.Label, remote.Options);
        channel.Announce(remote.Id);
        _channels.Add(channel);
        owner.SendReliably(
            static (_, acknowledged) =>
            {
                (InMemoryDataChannel opener, InMemoryDataChannel accepter) = ((InMemoryDataChannel, InMemoryDataChannel))acknowledged!;
                opener.OnOpened(accepter);
            },
            (remote, channel));
        channel.OnOpened(remote);
        owner.Notify(static (observer, opened) => observer.OnDataChannel((InMemoryDataChannel)opened!), channel);
    }
}
