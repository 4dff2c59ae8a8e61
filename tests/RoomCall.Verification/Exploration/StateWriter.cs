using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace RoomCall.Verification.Exploration;

/// <summary>Takes down a state and gives its fingerprint, 128 bits of XXH3: among a billion states the chance that two different ones are
/// taken for the same is about 10^-21.</summary>
internal sealed class StateWriter
{
    private byte[] _bytes = new byte[4096];
    private int _count;

    public void Clear() => _count = 0;

    public void Byte(int value) => Take(1)[0] = checked((byte)value);

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
        MemoryMarshal.Write(Take(sizeof(int)), value);
    }

    public void Text(string? value)
    {
        Number(value is null ? 0 : 1 + value.Length);
        ReadOnlySpan<byte> characters = MemoryMarshal.AsBytes(value.AsSpan());
        characters.CopyTo(Take(characters.Length));
    }

    public UInt128 Fingerprint() => XxHash128.HashToUInt128(_bytes.AsSpan(0, _count));

    private Span<byte> Take(int length)
    {
        if (_count + length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _count + length));

        Span<byte> taken = _bytes.AsSpan(_count, length);
        _count += length;
        return taken;
    }
}
