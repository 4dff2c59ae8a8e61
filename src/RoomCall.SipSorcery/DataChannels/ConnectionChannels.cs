using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using RoomCall.DataChannels;
using RoomCall.PeerConnections;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>The data channels of one connection. Messages are taken from the association and not from SIPSorcery's channels, so that none is lost
/// that comes before somebody listens.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Abort disposes it.")]
internal sealed partial class ConnectionChannels
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private readonly RTCPeerConnection _peer;
    private readonly EventLine _line;
    private readonly IPeerConnectionObserver _observer;
    private readonly ILogger _logger;
    private readonly SendBacklog _backlog;
    private readonly ChannelTraffic _traffic = new();
    private readonly HashSet<SipSorceryDataChannel> _channels = [];
    private readonly List<SipSorceryDataChannel> _unmade = [];
    private readonly Action<bool> _onLost;
    private readonly ConcurrentDictionary<ushort, SipSorceryDataChannel> _byStream = new();
    private readonly ConcurrentDictionary<ushort, DataChannelOptions> _announced = new();
    private ITimer? _abort;
    private Exception? _error;
    private bool _wasUp;
    private int _maxMessageSize;

    /// <param name="peer">SIPSorcery's connection.</param>
    /// <param name="line">Over which observers are told.</param>
    /// <param name="observer">Is told of the channels that the other side opens.</param>
    /// <param name="onLost">Called when the transport of all channels has ended, with whether it was up before.</param>
    /// <param name="logger">Where to log.</param>
    public ConnectionChannels(RTCPeerConnection peer, EventLine line, IPeerConnectionObserver observer, Action<bool> onLost, ILogger logger)
    {
        (_peer, _line, _observer, _onLost, _logger) = (peer, line, observer, onLost, logger);
        _maxMessageSize = (int)peer.sctp.maxMessageSize;
        SctpAssociation association = peer.sctp.RTCSctpAssociation;
        _backlog = new SendBacklog(association);
        peer.sctp.RTCSctpAssociation.OnNewDataChannel += OnAnnounced;
        peer.sctp.RTCSctpAssociation.OnDataChannelData += OnData;
        association.OnAbortReceived += _ => Lost();
        association.OnAborted += _ => Lost();
        peer.sctp.OnStateChanged += OnTransportChanged;
        peer.ondatachannel += OnOpenedByRemote;
    }

    public PeerConnectionStatistics Statistics => _traffic.Statistics;

    /// <summary>The remote peer takes no larger messages.</summary>
    public void SetMaxMessageSize(long ofRemote) => _maxMessageSize = (int)Math.Min(ofRemote, _peer.sctp.maxMessageSize);

    public IDataChannelTransport Create(string label, DataChannelOptions options)
    {
        SipSorceryDataChannel channel = NewChannel(label, options);
        lock (_gate)
        {
            if (_error is null)
            {
                _channels.Add(channel);
                // Between the connection and its SCTP transport SIPSorcery makes none, though it soon could.
                if (_peer.connectionState == RTCPeerConnectionState.connected && _peer.sctp.state != RTCSctpTransportState.Connected)
                    _unmade.Add(channel);
                else
                    Make(channel);
                return channel;
            }
        }

        channel.Closed(_error);
        return channel;
    }

    /// <summary>All channels are cut off in a while, unless their owner closes them before: one who hangs up closes the connection and says
    /// bye, which goes another way and may come later, and to its reader that is no loss.</summary>
    public void AbortSoon(Exception error)
    {
        lock (_gate)
        {
            if (_error is null)
                _abort ??= TimeProvider.System.CreateTimer(_ => Abort(error), null, Grace, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>All channels are cut off; later ones too.</summary>
    public void Abort(Exception error)
    {
        SipSorceryDataChannel[] channels;
        lock (_gate)
        {
            _abort?.Dispose();
            _error ??= error;
            channels = [.. _channels];
            _channels.Clear();
        }

        _backlog.Dispose();
        foreach (SipSorceryDataChannel channel in channels)
            channel.Closed(error);
    }

    private SipSorceryDataChannel NewChannel(string label, DataChannelOptions options) =>
        new(label, options, _line, _backlog, _traffic, () => _maxMessageSize, Forget);

    // Or a peer that opens and closes for hours fills the memory.
    private void Forget(SipSorceryDataChannel channel)
    {
        lock (_gate)
        {
            _channels.Remove(channel);
            if (channel.Inner?.id is { } id && _byStream.TryGetValue(id, out SipSorceryDataChannel? known) && known == channel)
                _byStream.TryRemove(id, out _);
        }
    }

    private void Lost()
    {
        lock (_gate)
        {
            if (_error is not null)
                return; // it was this side, or is told already
        }

        AbortSoon(new IOException("The transport of the data channels has ended."));
        _onLost(_wasUp);
    }

    // Under the gate, behind which OnData waits before it calls a stream unknown.
    private void Make(SipSorceryDataChannel channel)
    {
        Task<RTCDataChannel> making = _peer.createDataChannel(channel.Label, new RTCDataChannelInit { protocol = channel.Options.Protocol });

        // On a connection that is up the task ends when the channel is open; the channel is there at once.
        RTCDataChannel? inner = making.IsCompletedSuccessfully ? making.Result : _peer.DataChannels.FirstOrDefault(IsOurs);
        if (inner is not null)
        {
            channel.Made(inner);
            if (inner.id is { } id)
                _byStream[id] = channel;
        }

        _ = making.ContinueWith(
            task => channel.Closed(new IOException("SIPSorcery could not open the data channel.", task.Exception!.InnerException)),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);

        // RFC 8832, section 6: the DTLS client takes even streams, the server odd ones.
        bool IsOurs(RTCDataChannel candidate) =>
            candidate.label == channel.Label && candidate.id is { } id && (id % 2 == 0) == _peer.sctp.IsDtlsClient && !_byStream.ContainsKey(id);
    }

    private void OnTransportChanged(RTCSctpTransportState state)
    {
        if (state == RTCSctpTransportState.Closed && _wasUp)
            Lost();
        if (state != RTCSctpTransportState.Connected)
            return;

        lock (_gate)
        {
            _wasUp = true;
            foreach (SipSorceryDataChannel channel in _unmade.Where(static channel => channel.State != DataChannelState.Closed))
                Make(channel);
            _unmade.Clear();
        }
    }

    // Comes before SIPSorcery makes the channel, and alone says how the other side sends on it.
    private void OnAnnounced(ushort stream, DataChannelTypes type, ushort priority, uint reliability, string label, string protocol) =>
        _announced[stream] = AnnouncedChannel.OptionsOf(type, reliability, protocol);

    private void OnOpenedByRemote(RTCDataChannel inner)
    {
        if (inner.id is not { } id)
            return;

        _announced.TryRemove(id, out DataChannelOptions? options);
        SipSorceryDataChannel channel = NewChannel(inner.label ?? "", options ?? DataChannelOptions.Reliable);
        lock (_gate)
        {
            if (_error is not null)
                return;

            _channels.Add(channel);
            _byStream[id] = channel;
        }

        channel.Made(inner);
        _line.Tell(() => _observer.OnDataChannel(channel));
    }

    private void OnData(SctpDataFrame frame)
    {
        if (ChannelOf(frame.StreamID) is { } channel)
            channel.Received(frame.PPID, frame.UserData);
        else
            Log.NoChannel(_logger, frame.StreamID);
    }

    private SipSorceryDataChannel? ChannelOf(ushort stream)
    {
        if (_byStream.TryGetValue(stream, out SipSorceryDataChannel? known))
            return known;

        lock (_gate)
        {
            // One that was made before the connection was up has got its stream since.
            SipSorceryDataChannel? channel = _byStream.GetValueOrDefault(stream) ?? _channels.FirstOrDefault(one => one.Inner?.id == stream);
            if (channel is not null)
                _byStream[stream] = channel;
            return channel;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3101, LogLevel.Debug, "A message came on stream {Stream}, which is no channel's: dropped.")]
        public static partial void NoChannel(ILogger logger, ushort stream);
    }
}
