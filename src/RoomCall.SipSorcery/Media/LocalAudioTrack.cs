using RoomCall.Media;
using SIPSorcery.Net;
using SIPSorceryMedia.Abstractions;

namespace RoomCall.SipSorcery;

/// <summary>A local audio track.</summary>
internal sealed class LocalAudioTrack(IAudioSource source) : LocalTrack(MediaKind.Audio)
{
    public IAudioSource Source => source;

    public override MediaStreamTrack Describe(bool receives) =>
        new(source.GetAudioSourceFormats(), receives ? MediaStreamStatusEnum.SendRecv : MediaStreamStatusEnum.SendOnly);

    protected override Task StartSourceAsync() => source.StartAudio();

    protected override Task ResumeSourceAsync() => source.ResumeAudio();

    protected override Task PauseSourceAsync() => source.PauseAudio();

    protected override Task CloseSourceAsync() => source.CloseAudio();
}
