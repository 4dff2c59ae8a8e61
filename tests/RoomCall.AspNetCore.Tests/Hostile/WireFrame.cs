using System.Buffers.Binary;
using System.Text;

namespace RoomCall.AspNetCore.Tests.Hostile;

/// <summary>A WebSocket frame as a client sends it (RFC 6455, section 5.2), right or wrong in any of its parts.</summary>
internal sealed record WireFrame(byte[] Payload)
{
    public const byte Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10;

    public byte Opcode { get; init; } = Text;

    public bool IsFinal { get; init; } = true;

    public bool IsMasked { get; init; } = true;

    /// <summary>The three reserved bits, 0 to 7.</summary>
    public byte Reserved { get; init; }

    /// <summary>What is said to be the length; null: the payload's.</summary>
    public ulong? DeclaredLength { get; init; }

    /// <summary>Whether the length is written in eight bytes whatever it is.</summary>
    public bool HasLongLength { get; init; }

    public static WireFrame Of(string text) => new(Encoding.UTF8.GetBytes(text));

    public static byte[] Bytes(string text) => Of(text).ToBytes();

    public byte[] ToBytes()
    {
        List<byte> bytes = [(byte)((IsFinal ? 0x80 : 0) | (Reserved << 4) | Opcode)];
        ulong length = DeclaredLength ?? (ulong)Payload.Length;
        int mask = IsMasked ? 0x80 : 0;
        Span<byte> number = stackalloc byte[8];
        if (HasLongLength || length > ushort.MaxValue)
        {
            BinaryPrimitives.WriteUInt64BigEndian(number, length);
            bytes.Add((byte)(mask | 127));
            bytes.AddRange(number);
        }
        else if (length > 125)
        {
            BinaryPrimitives.WriteUInt16BigEndian(number, (ushort)length);
            bytes.Add((byte)(mask | 126));
            bytes.AddRange(number[..2]);
        }
        else
        {
            bytes.Add((byte)(mask | (int)length));
        }

        if (!IsMasked)
            return [.. bytes, .. Payload];

        ReadOnlySpan<byte> key = [0x12, 0x9A, 0x5C, 0xE7];
        bytes.AddRange(key);
        for (int i = 0; i < Payload.Length; i++)
        {
            bytes.Add((byte)(Payload[i] ^ key[i & 3]));
        }

        return [.. bytes];
    }
}
