using SIPSorcery.Media;
using SIPSorceryMedia.Abstractions;

namespace RoomCall.SipSorcery.Tests;

/// <summary>Decodes what was received.</summary>
internal sealed class SoundMeter : IDisposable
{
    private readonly AudioEncoder _encoder = new(includeOpus: true);

    public void Dispose() => _encoder.Dispose();

    /// <summary>The energy of a frame: the sum of the squares of its samples, each 1 at full level, times a million.</summary>
    public double Energy(EncodedAudioFrame frame)
    {
        double sum = 0;
        foreach (short sample in _encoder.DecodeAudio(frame.EncodedAudio, frame.AudioFormat))
            sum += (double)sample * sample / short.MaxValue / short.MaxValue;
        return sum * 1_000_000;
    }
}
