using RoomCall.Media;
using SIPSorcery.Net;
using SIPSorceryMedia.Abstractions;

namespace RoomCall.SipSorcery;

/// <summary>A local video track.</summary>
internal sealed class LocalVideoTrack(IVideoSource source) : LocalTrack(MediaKind.Video)
{
    public IVideoSource Source => source;

    public override MediaStreamTrack Describe(bool receives) =>
        new(source.GetVideoSourceFormats(), receives ? MediaStreamStatusEnum.SendRecv : MediaStreamStatusEnum.SendOnly);

    protected override Task StartSourceAsync() => source.StartVideo();

    protected override Task ResumeSourceAsync() => source.ResumeVideo();

    protected override Task PauseSourceAsync() => source.PauseVideo();

    protected override Task CloseSourceAsync() => source.CloseVideo();
}
