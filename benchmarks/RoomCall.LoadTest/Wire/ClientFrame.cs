using System.Buffers.Binary;
using System.Text;

namespace RoomCall.LoadTest.Wire;

/// <summary>Builds whole WebSocket frames, masked as a client's must be, to be sent as often as one likes.</summary>
internal static class ClientFrame
{
    private const byte Text = 0x81;
    private const byte Close = 0x88;
    private const byte Pong = 0x8A;
    private const byte Masked = 0x80;
    private const int NormalClosure = 1000;

    // Unpredictable keys protect proxies from browsers' scripts; here any key but zero gives the server the same work.
    private static readonly byte[] Mask = [0x37, 0xFA, 0x21, 0x3D];

    public static byte[] OfText(string text) => Of(Text, Encoding.UTF8.GetBytes(text));

    public static byte[] OfClose()
    {
        byte[] code = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(code, NormalClosure);
        return Of(Close, code);
    }

    public static byte[] OfPong(ReadOnlySpan<byte> pinged) => Of(Pong, pinged);

    private static byte[] Of(byte kind, ReadOnlySpan<byte> payload)
    {
        bool small = payload.Length < 126;
        int header = (small ? 2 : 4) + Mask.Length;
        byte[] frame = new byte[header + payload.Length];
        frame[0] = kind;
        frame[1] = (byte)(Masked | (small ? payload.Length : 126));
        if (!small) BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), checked((ushort)payload.Length));
        Mask.CopyTo(frame.AsSpan(header - Mask.Length));
        for (int i = 0; i < payload.Length; i++) frame[header + i] = (byte)(payload[i] ^ Mask[i % Mask.Length]);
        return frame;
    }
}
