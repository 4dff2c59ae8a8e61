using System.Text;
using System.Text.Json;

namespace RoomCall.Signaling.Protocol;

/// <summary>The frames that carry one peer's messages to others (book row S6): what stands around the payload's bytes, made once. Safe for
/// concurrent use.</summary>
public sealed class MessageFrame
{
    private readonly byte[] _before;

    /// <summary>Makes the frame of a peer.</summary>
    /// <param name="from">The peer's id.</param>
    public MessageFrame(string from)
    {
        ArgumentNullException.ThrowIfNull(from);
        _before = Encoding.UTF8.GetBytes($$"""{"type":"message","from":"{{JsonEncodedText.Encode(from)}}","payload":""");
    }

    /// <summary>How long a frame is.</summary>
    /// <param name="payloadLength">The payload's length in bytes.</param>
    /// <returns>The length in bytes.</returns>
    public int LengthOf(int payloadLength) => _before.Length + payloadLength + 1;

    /// <summary>Writes a frame.</summary>
    /// <param name="payload">One JSON value in UTF-8; its bytes are written as they are.</param>
    /// <param name="frame">Takes <see cref="LengthOf"/> bytes.</param>
    public void Write(ReadOnlySpan<byte> payload, Span<byte> frame)
    {
        _before.CopyTo(frame);
        payload.CopyTo(frame[_before.Length..]);
        frame[_before.Length + payload.Length] = (byte)'}';
    }
}
