using System.Buffers;
using System.Globalization;
using System.Text;

namespace RoomCall.Server.Rooms;

/// <summary>Which names a room may have. A name is compared as it is: case counts, nothing is trimmed or normalized.</summary>
internal static class RoomName
{
    /// <summary>Whether this is a name: 1 to <paramref name="maxLength"/> UTF-16 units, well formed, not white space alone, without
    /// control characters and line separators, which would let a name forge lines of a log.</summary>
    public static bool IsValid(string name, int maxLength)
    {
        if (name.Length > maxLength)
            return false;

        bool isVisible = false;
        ReadOnlySpan<char> rest = name;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out Rune rune, out int length) != OperationStatus.Done)
                return false;

            if (Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return false;

            isVisible |= !Rune.IsWhiteSpace(rune);
            rest = rest[length..];
        }

        return isVisible;
    }
}
