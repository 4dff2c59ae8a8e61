using RoomCall.Media;
using SIPSorcery.Net;
using SIPSorceryMedia.Abstractions;

namespace RoomCall.SipSorcery;

/// <summary>A local audio track.</summary>
internal sealed class LocalAudioTrack(IAudioSource source) : LocalTrack(MediaKind.Audio)
{
    public IAudioSource Source => source;

    public override MediaStreamTrack Describe(SipSorceryOptions options)
    {
        List<AudioFormat> own = source.GetAudioSourceFormats();
        List<AudioFormat> wanted = [.. options.AudioFormats.SelectMany(format => own.Where(one => one.Codec == format.Codec))];
        return new MediaStreamTrack(
            wanted.Count > 0 ? wanted : own,
            options.AudioFormats.Count > 0 ? MediaStreamStatusEnum.SendRecv : MediaStreamStatusEnum.SendOnly);
    }

    protected override Task StartSourceAsync() => source.StartAudio();

    protected override Task ResumeSourceAsync() => source.ResumeAudio();

    protected override Task PauseSourceAsync() => source.PauseAudio();

    protected override Task CloseSourceAsync() => source.CloseAudio();
}
