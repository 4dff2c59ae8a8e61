using RoomCall.Media;

namespace RoomCall.InMemory;

/// <summary>What sends one local track on one connection (W3C WebRTC, RTCRtpSender).</summary>
internal sealed class TrackSender(InMemoryPeerConnection owner, InMemoryMediaTrack track, string streamId)
{
    public InMemoryMediaTrack Track { get; } = track;

    public string StreamId { get; } = streamId;

    public string Media { get; } = track.Kind == MediaKind.Audio ? SdpSection.Audio : SdpSection.Video;

    /// <summary>The index of its m-line; below zero before it has one.</summary>
    public int Line { get; set; } = -1;

    public void Send(ReadOnlyMemory<byte> frame)
    {
        using (owner.Enter()) owner.Media.Send(this, frame);
    }
}
