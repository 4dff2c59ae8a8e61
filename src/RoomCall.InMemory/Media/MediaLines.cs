using RoomCall.Media;

namespace RoomCall.InMemory;

/// <summary>The media of one connection: which local track sends on which m-line, and which remote track a frame belongs to. Used under the
/// connection's lock.</summary>
internal sealed class MediaLines(InMemoryPeerConnection owner)
{
    private List<TrackSender>? _senders;
    private List<(int Line, InMemoryMediaTrack Track, InMemoryMediaStream Stream)>? _remote;

    public IReadOnlyList<TrackSender> Senders => _senders ?? (IReadOnlyList<TrackSender>)[];

    public void Add(IMediaStream stream)
    {
        if (stream is not InMemoryMediaStream { IsRemote: false } local)
            throw new ArgumentException("The stream belongs to another engine: open it with an InMemoryMediaSource.", nameof(stream));
        foreach (TrackSender sender in Senders)
            if (sender.StreamId == local.Id)
                throw new ArgumentException("A stream of this id was added already.", nameof(stream));
        foreach (IMediaTrack track in local.Tracks)
            if (!(track.Kind == MediaKind.Audio ? owner.Capabilities.Audio : owner.Capabilities.Video))
                throw new NotSupportedException($"This engine carries no {track.Kind} (EngineCapabilities.{track.Kind}).");
        foreach (IMediaTrack track in local.Tracks)
        {
            TrackSender sender = new(owner, (InMemoryMediaTrack)track, local.Id);
            (_senders ??= []).Add(sender);
            sender.Track.AddSender(sender);
        }
    }

    public TrackSender? SenderOn(int line) => _senders?.Find(sender => sender.Line == line);

    /// <summary>The sender for an offered m-line: the one that has it, or else a free one of its kind.</summary>
    public TrackSender? SenderFor(string media, int line, HashSet<TrackSender> used) =>
        SenderOn(line) ?? _senders?.Find(sender => sender.Line < 0 && sender.Media == media && !used.Contains(sender));

    /// <summary>A local description is applied: its senders have their m-lines.</summary>
    public static void Assign(SdpDescription local)
    {
        for (int line = 0; line < local.Sections.Count; line++)
            if (local.Sections[line].Sender is { } sender)
                sender.Line = line;
    }

    /// <summary>A local offer is rolled back: the m-lines that it added are none.</summary>
    public void Release(int agreedLines)
    {
        foreach (TrackSender sender in Senders)
            if (sender.Line >= agreedLines)
                sender.Line = -1;
    }

    /// <summary>A remote description is applied: its streams are told when they are new, and when they are gone.</summary>
    public void OnRemoteDescription(SdpDescription remote)
    {
        List<(int Line, InMemoryMediaTrack Track, InMemoryMediaStream Stream)> before = _remote ?? [];
        List<(int Line, InMemoryMediaTrack Track, InMemoryMediaStream Stream)> now = [];
        List<InMemoryMediaStream> added = [];
        for (int line = 0; line < remote.Sections.Count; line++)
        {
            if (remote.Sections[line] is not { IsRejected: false, IsMedia: true, StreamId: { } id } section || !Receives(section)) continue;
            int known = before.FindIndex(track => track.Line == line && track.Stream.Id == id && track.Track.Id == section.TrackId);
            if (known >= 0)
            {
                now.Add(before[known]);
                continue;
            }

            InMemoryMediaStream? stream = added.Find(stream => stream.Id == id) ?? now.Find(track => track.Stream.Id == id).Stream;
            if (stream is null) added.Add(stream = InMemoryMediaStream.Remote(id));
            InMemoryMediaTrack track = InMemoryMediaTrack.Remote(section.TrackId!, section.Media == SdpSection.Audio ? MediaKind.Audio : MediaKind.Video);
            stream.Add(track);
            now.Add((line, track, stream));
        }

        _remote = now.Count == 0 ? null : now;
        foreach (InMemoryMediaStream gone in before.Select(static track => track.Stream).Distinct())
        {
            if (now.Exists(track => track.Stream == gone)) continue;
            owner.Notify(static (observer, stream) => observer.OnStreamRemoved((InMemoryMediaStream)stream!), gone);
        }

        foreach (InMemoryMediaStream stream in added)
            owner.Notify(static (observer, stream) => observer.OnStreamAdded((InMemoryMediaStream)stream!), stream);
    }

    /// <summary>Sends a frame, where the connection is up and both sides agreed that this m-line flows this way; else it is dropped.</summary>
    public void Send(TrackSender sender, ReadOnlyMemory<byte> frame)
    {
        if (!owner.CanSend || sender.Line < 0 || owner.Negotiation.AgreedLocal is not { } local || sender.Line >= local.Sections.Count) return;
        if (local.Sections[sender.Line].Sender != sender || !local.Sections[sender.Line].Direction.HasFlag(SdpDirection.SendOnly)) return;
        SdpSection remote = owner.Negotiation.AgreedRemote!.Sections[sender.Line];
        if (remote.IsRejected || !remote.Direction.HasFlag(SdpDirection.RecvOnly)) return;
        owner.Packets.SendFrame(
            static (connection, frame) =>
            {
                (int line, ReadOnlyMemory<byte> bytes) = ((int, ReadOnlyMemory<byte>))frame!;
                connection.Media.Receive(line, bytes);
            },
            (sender.Line, new ReadOnlyMemory<byte>(frame.ToArray())));
    }

    public void Close()
    {
        foreach (TrackSender sender in Senders) sender.Track.RemoveSender(sender);
        _senders = null;
        _remote = null;
    }

    private bool Receives(SdpSection section) => section.Direction.HasFlag(SdpDirection.SendOnly)
        && (section.Media == SdpSection.Audio ? owner.Capabilities.Audio : owner.Capabilities.Video);

    /// <summary>Shows a frame to who observes its track; called with no lock held.</summary>
    private void Receive(int line, ReadOnlyMemory<byte> frame)
    {
        InMemoryMediaTrack? track;
        using (owner.Enter())
        {
            track = owner.IsSilent ? null : _remote?.Find(remote => remote.Line == line).Track;
        }

        track?.Show(frame);
    }
}
