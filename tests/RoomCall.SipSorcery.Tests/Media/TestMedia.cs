using RoomCall.Media;
using SIPSorcery.Media;
using SIPSorceryMedia.Abstractions;

namespace RoomCall.SipSorcery.Tests;

/// <summary>Sources for tests.</summary>
internal static class TestMedia
{
    /// <summary>A tone in Opus and still pictures that say they are VP8.</summary>
    public static IMediaSource Source() => new SipSorceryMediaSource(Tone, static () => new StillVideoSource());

    /// <summary>A sine tone in Opus.</summary>
    public static IAudioSource Tone() => new AudioExtrasSource(
        new AudioEncoder(includeOpus: true),
        new AudioSourceOptions { AudioSource = AudioSourcesEnum.SineWave });
}
