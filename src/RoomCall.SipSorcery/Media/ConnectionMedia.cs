using Microsoft.Extensions.Logging;
using RoomCall.Media;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>The media of one connection: which tracks its m-lines carry, and what the descriptions must say of them.</summary>
internal sealed class ConnectionMedia(RTCPeerConnection peer, SipSorceryOptions options, ILogger logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly List<(LocalStream Stream, LocalTrack Track)> _local = [];
    private readonly HashSet<(MediaKind Kind, int Index)> _refused = [];
    private readonly HashSet<(MediaKind Kind, int Index)> _wanted = [];
    private readonly List<RemoteTrack> _remote = [];
    private readonly List<MediaSender> _senders = [];
    private bool _isDescribed;
    private bool _hasRemote;
    private bool _isStopped;

    /// <summary>Sends a stream.</summary>
    /// <exception cref="InvalidOperationException">A description is made already.</exception>
    public void Add(LocalStream stream)
    {
        if (_isDescribed)
            throw new InvalidOperationException("Streams are added before the first description is made.");

        foreach (LocalTrack track in stream.Tracks)
        {
            peer.addTrack(track.Describe(options));
            _local.Add((stream, track));
        }
    }

    /// <summary>Before an offer is made: only the one who offers makes m-lines, so what the other side may send is asked for.</summary>
    public void AskForWhatIsMissing()
    {
        if (_isDescribed)
            return;

        _isDescribed = true;
        foreach (MediaKind kind in Enum.GetValues<MediaKind>())
        {
            if (!_local.Exists(local => local.Track.Kind == kind) && Receives(kind))
                peer.addTrack(Receiver(kind));
        }
    }

    /// <summary>Before an offer is applied: each of its m-lines gets a track, one that is inactive where no codec is known, with which
    /// SIPSorcery would refuse the whole offer.</summary>
    public void PrepareFor(SDP offer)
    {
        if (_isDescribed)
            return;

        _isDescribed = true;
        foreach (MediaKind kind in Enum.GetValues<MediaKind>())
        {
            foreach ((int index, SDPMediaAnnouncement section) in Sections(offer, kind).Index())
            {
                bool isLocal = index < _local.Count(local => local.Track.Kind == kind);
                bool isKnown = isLocal
                    ? Shares(SectionOf(kind, index).LocalTrack.Capabilities, section)
                    : Receives(kind) && Knows(kind, section);
                if (!isKnown)
                    _refused.Add((kind, index));
                MediaStreamTrack inactive = new(section.Media, false, [.. section.MediaFormats.Values], MediaStreamStatusEnum.Inactive);
                if (!isLocal)
                    peer.addTrack(isKnown ? Receiver(kind) : inactive);
                else if (!isKnown)
                    SectionOf(kind, index).LocalTrack = inactive;
            }
        }
    }

    /// <summary>Adds to a description of SIPSorcery's which stream a track belongs to (RFC 8830), and in an answer the right
    /// directions.</summary>
    public string Complete(string description, SDP? remoteOffer)
    {
        Dictionary<MediaKind, int> counts = [];
        return LocalSdp.Complete(description, kind =>
        {
            int index = counts.TryGetValue(kind, out int count) ? count : 0;
            counts[kind] = index + 1;
            (LocalStream Stream, LocalTrack Track)[] sent = [.. _local.Where(local => local.Track.Kind == kind)];
            MediaStreamStatusEnum? offered = remoteOffer is null ? null
                : Sections(remoteOffer, kind).ElementAtOrDefault(index)?.MediaStreamStatus ?? MediaStreamStatusEnum.SendRecv;
            bool isRefused = _refused.Contains((kind, index));
            bool sends = index < sent.Length && !isRefused;
            return (
                sends ? $"{sent[index].Stream.Id} {sent[index].Track.Id}" : null,
                offered is { } direction ? LocalSdp.Answer(sends, Receives(kind) && !isRefused, direction) : null);
        });
    }

    /// <summary>Puts the codecs in the order in which the remote peer wants them: SIPSorcery reads the ones with a number of their own, such as
    /// G.722, before those that the description numbers, such as Opus.</summary>
    /// <param name="remote">The remote description as it came.</param>
    public void PutInOrder(string remote)
    {
        Dictionary<MediaKind, int> counts = [];
        foreach ((MediaKind kind, string[] formats) in RemoteSdp.WantedFormats(remote))
        {
            int index = counts.TryGetValue(kind, out int count) ? count : 0;
            counts[kind] = index + 1;
            if (index >= (kind == MediaKind.Audio ? peer.AudioStreamList.Count : peer.VideoStreamList.Count))
                continue;

            MediaStream section = SectionOf(kind, index);
            foreach (MediaStreamTrack? track in new[] { section.LocalTrack, section.RemoteTrack })
                track?.Capabilities?.Sort((one, other) => Rank(one).CompareTo(Rank(other)));

            int Rank(SDPAudioVideoMediaFormat format) => Array.IndexOf(formats, $"{format.ID}") is >= 0 and var rank ? rank : int.MaxValue;
        }
    }

    /// <summary>Takes up what the remote description sends, and what it wants.</summary>
    /// <returns>The streams that are new.</returns>
    public IReadOnlyList<IMediaStream> TakeUp(SDP remote)
    {
        lock (_gate)
        {
            if (_hasRemote || _isStopped)
                return [];

            _hasRemote = true;
            List<(string Stream, RemoteTrack Track)> tracks = [];
            foreach (MediaKind kind in Enum.GetValues<MediaKind>())
            {
                foreach ((int index, SDPMediaAnnouncement section) in Sections(remote, kind).Index())
                {
                    if (section.Port == 0 || _refused.Contains((kind, index)))
                        continue;

                    MediaStreamStatusEnum direction = section.MediaStreamStatus ?? MediaStreamStatusEnum.SendRecv;
                    if (direction is MediaStreamStatusEnum.SendRecv or MediaStreamStatusEnum.RecvOnly)
                        _wanted.Add((kind, index));
                    if (direction is MediaStreamStatusEnum.SendRecv or MediaStreamStatusEnum.SendOnly && Receives(kind))
                    {
                        (string stream, string track) = Msid(section);
                        tracks.Add((stream, Receive(kind, index, track)));
                    }
                }
            }

            _remote.AddRange(tracks.Select(static one => one.Track));
            return
            [
                .. tracks.GroupBy(static one => one.Stream)
                    .Select(static stream => new RemoteStream(stream.Key, [.. stream.Select(static one => one.Track)])),
            ];
        }
    }

    /// <summary>The connection is up: the sources of what the other side wants run. Does not wait for them.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_senders.Count > 0 || _isStopped)
                return;

            foreach (MediaKind kind in Enum.GetValues<MediaKind>())
            {
                foreach ((int index, (_, LocalTrack track)) in _local.Where(local => local.Track.Kind == kind).Index())
                {
                    if (_wanted.Contains((kind, index)))
                        _senders.Add(new MediaSender(track, SectionOf(kind, index), logger));
                }
            }

            // On the pool: opening a device may block, and SIPSorcery's thread has the data channels to open.
            foreach (MediaSender sender in _senders)
                _ = Task.Run(() => MediaFailures.Observe(sender.StartAsync, logger));
        }
    }

    /// <summary>Nothing is sent from now on.</summary>
    public void Silence()
    {
        lock (_gate)
        {
            _isStopped = true;
            _senders.ForEach(static sender => sender.Silence());
        }
    }

    /// <summary>The connection has ended: sources rest, and remote tracks complete. Waits a while for a source, and not for ever.</summary>
    public async Task StopAsync()
    {
        Silence();
        foreach (MediaSender sender in _senders)
            await MediaFailures.Observe(() => sender.StopAsync().WaitAsync(Patience, TimeProvider.System), logger).ConfigureAwait(false);
        foreach (RemoteTrack track in _remote)
            track.Stop();
    }

    private bool Receives(MediaKind kind) => kind == MediaKind.Audio ? options.AudioFormats.Count > 0 : options.VideoFormats.Count > 0;

    private bool Knows(MediaKind kind, SDPMediaAnnouncement section) => Shares(Receiver(kind).Capabilities, section);

    private MediaStreamTrack Receiver(MediaKind kind) => kind == MediaKind.Audio
        ? new MediaStreamTrack([.. options.AudioFormats], MediaStreamStatusEnum.RecvOnly)
        : new MediaStreamTrack([.. options.VideoFormats], MediaStreamStatusEnum.RecvOnly);

    private RemoteTrack Receive(MediaKind kind, int index, string id)
    {
        if (kind == MediaKind.Audio)
        {
            RemoteAudioTrack audio = new(id, logger);
            ((AudioStream)SectionOf(kind, index)).OnAudioFrameReceived += audio.Received;
            return audio;
        }

        RemoteVideoTrack video = new(id, logger);
        ((VideoStream)SectionOf(kind, index)).OnVideoFrameReceivedByIndex +=
            (_, _, timestamp, data, format) => video.Received(new EncodedVideoFrame(format, timestamp, data));
        return video;
    }

    private MediaStream SectionOf(MediaKind kind, int index) => kind == MediaKind.Audio ? peer.AudioStreamList[index] : peer.VideoStreamList[index];

    private static IEnumerable<SDPMediaAnnouncement> Sections(SDP sdp, MediaKind kind) =>
        sdp.Media.Where(section => section.Media == (kind == MediaKind.Audio ? SDPMediaTypesEnum.audio : SDPMediaTypesEnum.video));

    private static bool Shares(List<SDPAudioVideoMediaFormat> formats, SDPMediaAnnouncement section) =>
        SDPAudioVideoMediaFormat.GetCompatibleFormats([.. section.MediaFormats.Values], formats).Exists(static format => !MediaSender.IsTone(format));

    private static (string Stream, string Track) Msid(SDPMediaAnnouncement section)
    {
        const string prefix = "a=msid:";
        string? line = section.ExtraMediaAttributes.Find(static line => line.StartsWith(prefix, StringComparison.Ordinal));
        string[] ids = line is null ? [] : line[prefix.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (ids.ElementAtOrDefault(0) ?? "-", ids.ElementAtOrDefault(1) ?? section.MediaID ?? "-");
    }
}
