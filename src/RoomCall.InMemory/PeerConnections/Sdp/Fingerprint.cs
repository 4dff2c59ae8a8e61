using System.Globalization;

namespace RoomCall.InMemory;

/// <summary>The SHA-256 fingerprint of a side's certificate (RFC 8122), which stands for the certificate itself.</summary>
internal readonly record struct Fingerprint(ulong A, ulong B, ulong C, ulong D)
{
    private const int TextLength = (32 * 3) - 1;

    public static Fingerprint Create(ref SeededRandom random) =>
        new(random.NextUInt64(), random.NextUInt64(), random.NextUInt64(), random.NextUInt64());

    /// <summary>Reads the hexadecimal form with colons.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Fingerprint fingerprint)
    {
        fingerprint = default;
        if (text.Length != TextLength) return false;
        Span<ulong> words = stackalloc ulong[4];
        for (int i = 0; i < 32; i++)
        {
            if ((i < 31 && text[(i * 3) + 2] != ':')
                || !byte.TryParse(text.Slice(i * 3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
                return false;
            words[i / 8] = words[i / 8] << 8 | value;
        }

        fingerprint = new(words[0], words[1], words[2], words[3]);
        return true;
    }

    public override string ToString() => string.Create(TextLength, this, static (text, fingerprint) =>
    {
        text.Fill(':');
        ReadOnlySpan<ulong> words = [fingerprint.A, fingerprint.B, fingerprint.C, fingerprint.D];
        for (int i = 0; i < 32; i++)
            ((byte)(words[i / 8] >> (56 - (i % 8 * 8)))).TryFormat(text[(i * 3)..], out _, "X2", CultureInfo.InvariantCulture);
    });
}
