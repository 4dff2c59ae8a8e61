using Microsoft.Extensions.Logging;
using RoomCall.Media;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>The media of one connection: which tracks its m-lines carry, and what the descriptions must say of them.</summary>
internal sealed class ConnectionMedia(RTCPeerConnection peer, SipSorceryOptions options, ILogger logger)
{
    private readonly List<(LocalStream Stream, LocalTrack Track)> _local = [];
    private readonly List<RemoteTrack> _remote = [];
    private readonly List<MediaSender> _senders = [];
    private bool _isDescribed;
    private bool _hasRemote;

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
            if (!_local.Exists(local => local.Track.Kind == kind))
                AddReceiver(kind);
        }
    }

    /// <summary>Before an offer is applied: each of its m-lines that has no local track gets one that receives.</summary>
    public void PrepareFor(SDP offer)
    {
        if (_isDescribed)
            return;

        _isDescribed = true;
        foreach (MediaKind kind in Enum.GetValues<MediaKind>())
        {
            // One whose codecs are all unknown is left to SIPSorcery, which makes it inactive; with a track of this side it would refuse
            // the offer.
            IEnumerable<SDPMediaAnnouncement> missing = Sections(offer, kind).Skip(_local.Count(local => local.Track.Kind == kind));
            foreach (SDPMediaAnnouncement section in missing.TakeWhile(section => Knows(kind, section)))
                AddReceiver(kind);
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
            return (
                index < sent.Length ? $"{sent[index].Stream.Id} {sent[index].Track.Id}" : null,
                offered is { } direction ? LocalSdp.Answer(index < sent.Length, Receives(kind), direction) : null);
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

    /// <summary>Takes up what the remote description sends.</summary>
    /// <returns>The streams that are new.</returns>
    public IReadOnlyList<IMediaStream> TakeUp(SDP remote)
    {
        if (_hasRemote)
            return [];

        _hasRemote = true;
        List<(string Stream, RemoteTrack Track)> tracks = [];
        foreach (MediaKind kind in Enum.GetValues<MediaKind>())
        {
            int index = -1;
            foreach (SDPMediaAnnouncement section in Sections(remote, kind))
            {
                index++;
                bool isSent = section.MediaStreamStatus is not (MediaStreamStatusEnum.RecvOnly or MediaStreamStatusEnum.Inactive) && section.Port != 0;
                if (!isSent || !Receives(kind))
                    continue;

                (string stream, string track) = Msid(section);
                tracks.Add((stream, Receive(kind, index, track)));
            }
        }

        _remote.AddRange(tracks.Select(static one => one.Track));
        return
        [
            .. tracks.GroupBy(static one => one.Stream).Select(static stream => new RemoteStream(stream.Key, [.. stream.Select(static one => one.Track)])),
        ];
    }

    /// <summary>The connection is up: sources run. Does not wait for them.</summary>
    public void Start()
    {
        lock (_senders)
        {
            if (_senders.Count > 0)
                return;

            _senders.AddRange(_local.Select(local => new MediaSender(
                local.Track,
                SectionOf(local.Track.Kind, _local.Where(other => other.Track.Kind == local.Track.Kind).ToList().IndexOf(local)),
                logger)));
        }

        foreach (MediaSender sender in _senders)
            _ = MediaFailures.Observe(sender.StartAsync(), logger);
    }

    /// <summary>The connection ends: sources rest, and remote tracks complete.</summary>
    public async Task StopAsync()
    {
        MediaSender[] senders;
        lock (_senders)
        {
            senders = [.. _senders];
        }

        foreach (MediaSender sender in senders)
            await MediaFailures.Observe(sender.StopAsync(), logger).ConfigureAwait(false);
        foreach (RemoteTrack track in _remote)
            track.Stop();
    }

    private bool Receives(MediaKind kind) => kind == MediaKind.Audio ? options.AudioFormats.Count > 0 : options.VideoFormats.Count > 0;

    private bool Knows(MediaKind kind, SDPMediaAnnouncement section) => section.MediaFormats.Values.Any(format =>
        kind == MediaKind.Audio
            ? options.AudioFormats.Any(known => known.FormatName.Equals(format.Name(), StringComparison.OrdinalIgnoreCase))
            : options.VideoFormats.Any(known => known.FormatName.Equals(format.Name(), StringComparison.OrdinalIgnoreCase)));

    private void AddReceiver(MediaKind kind)
    {
        if (!Receives(kind))
            return;

        peer.addTrack(kind == MediaKind.Audio
            ? new MediaStreamTrack([.. options.AudioFormats], MediaStreamStatusEnum.RecvOnly)
            : new MediaStreamTrack([.. options.VideoFormats], MediaStreamStatusEnum.RecvOnly));
    }

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

    private static (string Stream, string Track) Msid(SDPMediaAnnouncement section)
    {
        const string prefix = "a=msid:";
        string? line = section.ExtraMediaAttributes.Find(static line => line.StartsWith(prefix, StringComparison.Ordinal));
        string[] ids = line is null ? [] : line[prefix.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (ids.ElementAtOrDefault(0) ?? "-", ids.ElementAtOrDefault(1) ?? section.MediaID ?? "-");
    }
}
