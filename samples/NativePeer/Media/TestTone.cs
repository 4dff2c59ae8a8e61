using RoomCall.Media;
using RoomCall.SipSorcery;
using SIPSorcery.Media;
using SIPSorceryMedia.Abstractions;

namespace RoomCall.Samples;

/// <summary>What the other side hears: a sine tone. A real program takes its sound from a microphone in the same place, with the package
/// of SIPSorcery for its operating system.</summary>
internal static class TestTone
{
    /// <summary>A source in Opus alone, which every browser takes; SIPSorcery's encoder would prefer telephone sound.</summary>
    public static IMediaSource Source() => new SipSorceryMediaSource(audio: static () => new AudioExtrasSource(
        new AudioEncoder(AudioCommonlyUsedFormats.OpusWebRTC),
        new AudioSourceOptions { AudioSource = AudioSourcesEnum.SineWave }));
}
