using System.Buffers.Binary;

namespace RoomCall.LoadTest.Wire;

/// <summary>One whole WebSocket frame of a server, unmasked; a text may be spread over several.</summary>
internal readonly ref struct ServerFrame
{
    private const byte Final = 0x80;
    private const byte Masked = 0x80;

    private ServerFrame(FrameKind kind, bool isFinal, ReadOnlySpan<byte> payload, int length)
    {
        IsFinal = isFinal;
        Kind = kind;
        Payload = payload;
        Length = length;
    }

    public FrameKind Kind { get; }

    /// <summary>Whether no continuation follows.</summary>
    public bool IsFinal { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>With its header.</summary>
    public int Length { get; }

    /// <summary>Reads the frame that the bytes begin with.</summary>
    /// <returns>False: it has not come as a whole.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ServerFrame frame)
    {
        frame = default;
        if (bytes.Length < 2) return false;
        if ((bytes[1] & Masked) != 0) throw new InvalidDataException("The server masks its frames.");
        int header = bytes[1] switch { < 126 => 2, 126 => 4, _ => 10 };
        if (bytes.Length < header) return false;
        int payload = header switch
        {
            2 => bytes[1],
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            _ => checked((int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])),
        };
        if (bytes.Length < header + payload) return false;
        frame = new ServerFrame((FrameKind)(bytes[0] & 0x0F), (bytes[0] & Final) != 0, bytes.Slice(header, payload), header + payload);
        return true;
    }
}
