using RoomCall.Media;
using SIPSorcery.Net;
using SIPSorceryMedia.Abstractions;

namespace RoomCall.SipSorcery;

/// <summary>A local video track.</summary>
internal sealed class LocalVideoTrack(IVideoSource source) : LocalTrack(MediaKind.Video)
{
    public IVideoSource Source => source;

    public override MediaStreamTrack Describe(SipSorceryOptions options)
    {
        List<VideoFormat> own = source.GetVideoSourceFormats();
        List<VideoFormat> wanted = [.. options.VideoFormats.SelectMany(format => own.Where(one => one.Codec == format.Codec))];
        return new MediaStreamTrack(
            wanted.Count > 0 ? wanted : own,
            options.VideoFormats.Count > 0 ? MediaStreamStatusEnum.SendRecv : MediaStreamStatusEnum.SendOnly);
    }

    protected override Task StartSourceAsync() => source.StartVideo();

    protected override Task ResumeSourceAsync() => source.ResumeVideo();

    protected override Task PauseSourceAsync() => source.PauseVideo();

    protected override Task CloseSourceAsync() => source.CloseVideo();
}
