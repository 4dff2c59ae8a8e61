using System.Security.Cryptography;
using System.Text;

namespace RoomCall.Verification.Exploration;

/// <summary>Takes down a state and gives its fingerprint: 128 bits of SHA-256, so that among a billion states the chance that two
/// different ones are taken for the same is below 10^-20.</summary>
internal sealed class StateWriter
{
    private byte[] _bytes = new byte[1024];
    private int _count;

    public void Clear() => _count = 0;

    public void Byte(int value)
    {
        if (_count == _bytes.Length)
            Array.Resize(ref _bytes, 2 * _count);
        _bytes[_count++] = checked((byte)value);
    }

    public void Flag(bool value) => Byte(value ? 1 : 0);

    /// <summary>Small numbers take one byte, others five.</summary>
    public void Number(int value)
    {
        if (value is >= 0 and < 255)
        {
            Byte(value);
            return;
        }

        Byte(255);
        for (int shift = 0; shift < 32; shift += 8)
            Byte((value >> shift) & 0xFF);
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            Byte(255);
            return;
        }

        Number(Encoding.UTF8.GetByteCount(value));
        foreach (char character in value)
        {
            Byte(character & 0xFF);
            if (character > 0x7F)
                Byte(character >> 8);
        }
    }

    public UInt128 Fingerprint()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.AsSpan(0, _count), hash);
        return new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]));
    }
}
