using System.Buffers;

namespace RoomCall.Signaling.Protocol;

/// <summary>
/// Finds where a JSON value ends, without looking into it: strings are skipped and brackets counted. It tells no broken value from a
/// whole one, and need not: nothing in between can close what stands around it, and the receiver reads it in any case.
/// </summary>
internal static class PayloadExtent
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]/'"u8);
    private static readonly SearchValues<byte> Scalar = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."u8);

    /// <summary>The length of the value that the bytes begin with; 0 when there is none, or it does not end.</summary>
    public static int Find(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
            return 0;

        return json[0] switch
        {
            (byte)'"' => OfText(json),
            (byte)'{' or (byte)'[' => OfBrackets(json),
            _ => json.IndexOfAnyExcept(Scalar) is var end and >= 0 ? end : 0,
        };
    }

    private static int OfBrackets(ReadOnlySpan<byte> json)
    {
        int depth = 0;
        int position = 0;
        while (json[position..].IndexOfAny(Structure) is var offset and >= 0)
        {
            position += offset;
            switch (json[position])
            {
                case (byte)'"':
                    int text = OfText(json[position..]);
                    if (text == 0)
                        return 0;
                    position += text;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    position++;
                    break;
                case (byte)'/' or (byte)'\'':
                    // A comment, or a text of JSON's looser kin: what they hide from one reader they show to another.
                    return 0;
                default:
                    position++;
                    if (--depth == 0)
                        return position;
                    break;
            }
        }

        return 0;
    }

    private static int OfText(ReadOnlySpan<byte> json)
    {
        int position = 1;
        while (json[position..].IndexOf((byte)'"') is var offset and >= 0)
        {
            position += offset;

            // A quote ends the text unless it is escaped: an odd number of backslashes stands before it.
            int backslashes = 0;
            while (json[position - 1 - backslashes] == (byte)'\\')
            {
                backslashes++;
            }

            position++;
            if (backslashes % 2 == 0)
                return position;
        }

        return 0;
    }
}
