using RoomCall.DataChannels;
using RoomCall.Media;
using RoomCall.PeerConnections;

namespace RoomCall;

/// <summary>How calls are made. The defaults make a call with a data channel and no media.</summary>
public sealed record CallOptions
{
    /// <summary>Where local media comes from; null: the call has none of its own. <value>Default: null.</value></summary>
    public IMediaSource? Media { get; set; }

    /// <summary>Whether the call goes on without local media when it is refused or fails, instead of ending on both sides.
    /// <value>Default: false.</value></summary>
    public bool ContinueWithoutMedia { get; set; }

    /// <summary>What happens when the other peer is gone. <value>Default: <see cref="RemoteLeftPolicy.Stay"/>.</value></summary>
    public RemoteLeftPolicy WhenRemoteLeaves { get; set; } = RemoteLeftPolicy.Stay;

    /// <summary>Whether this peer, while it waits in the room as the initiator, makes its peer connection and its offer ahead and leaves
    /// the offer with the server, so that a call with the next who comes takes one round trip less. It costs an idle peer connection.
    /// <value>Default: true.</value></summary>
    public bool ParkOffer { get; set; } = true;

    /// <summary>STUN and TURN servers of this program; those that the signaling server recommends are added. <value>Default: none.</value></summary>
    public IReadOnlyList<IceServer> IceServers { get; set; } = [];

    /// <summary>Which candidates may be used. <value>Default: <see cref="IceTransportPolicy.All"/>.</value></summary>
    public IceTransportPolicy IceTransportPolicy { get; set; }

    /// <summary>The label of the call's own data channel; equal on both sides. <value>Default: <c>sendDataChannel</c> (book row S18).</value></summary>
    public string DataChannelLabel { get; set; } = "sendDataChannel";

    /// <summary>How the call's own data channel carries its messages, if this peer is the initiator. <value>Default: reliable, ordered.</value></summary>
    public DataChannelOptions DataChannel { get; set; } = DataChannelOptions.Reliable;

    /// <summary>How many bytes of messages may wait for a data channel to open, 0 to 1 GiB. <value>Default: 1 MiB.</value></summary>
    public int SendQueueLimit { get; set; } = 1024 * 1024;

    /// <summary>How many bytes an open data channel buffers before sending waits, 1 to 1 GiB. <value>Default: 1 MiB.</value></summary>
    public int SendBufferLimit { get; set; } = 1024 * 1024;

    /// <summary>How many bytes of arrived messages a data channel keeps for its reader, 1 to 1 GiB; above it the sender is slowed or,
    /// where the engine cannot, the channel is closed at four times as much. <value>Default: 1 MiB.</value></summary>
    public int ReceiveBufferLimit { get; set; } = 1024 * 1024;

    /// <summary>How many candidates of either side may wait for their moment, 1 to 10,000; further ones are dropped and reported.
    /// <value>Default: 256.</value></summary>
    public int PendingCandidateLimit { get; set; } = 256;

    /// <summary>How often a lost connection is repaired before the call ends, 0 to 100. <value>Default: 3.</value></summary>
    public int MaxRecoveryAttempts { get; set; } = 3;

    /// <summary>How long each phase may last.</summary>
    public CallTimeouts Timeouts { get; set; } = new();
}
