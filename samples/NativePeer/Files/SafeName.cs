using System.Globalization;
using System.Text;

namespace RoomCall.Samples;

/// <summary>Makes of the name that the other side gave a file one that names a plain file in one folder, on every system.</summary>
internal static class SafeName
{
    // File systems allow 255 bytes; a number may be added.
    private const int MostBytes = 200;
    private const int LongestExtension = 20;
    private const string Separators = "/\\:*?\"<>|";

    private static readonly string[] Devices = ["con", "prn", "aux", "nul", "com", "lpt"];

    public static string Of(string name)
    {
        string plain = Plain(name).TrimEnd('.', ' '); // Windows drops both
        string extension = Path.GetExtension(plain);
        if (extension.Length > LongestExtension)
            extension = "";

        string stem = Cut(plain[..^extension.Length], MostBytes - Encoding.UTF8.GetByteCount(extension)).TrimStart();
        if (stem.Length == 0)
            stem = "file";
        if (stem[0] == '.' || IsDevice(stem))
            stem = $"_{stem.TrimStart('.')}"; // neither hidden nor the folder above
        return stem + extension;
    }

    // No folders, and nothing that would be shown as another name than it is.
    private static string Plain(string name) => string.Concat(name.EnumerateRunes().Select(static letter =>
        Rune.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format
        || (letter.IsAscii && Separators.Contains((char)letter.Value, StringComparison.Ordinal)) ? "_" : letter.ToString()));

    private static string Cut(string text, int bytes)
    {
        StringBuilder cut = new();
        foreach (Rune letter in text.EnumerateRunes())
        {
            bytes -= letter.Utf8SequenceLength;
            if (bytes < 0) break;
            cut.Append(letter);
        }

        return cut.ToString();
    }

    private static bool IsDevice(string stem)
    {
        string first = stem.Split('.')[0].TrimEnd().ToLowerInvariant();
        return Devices.Contains(first) || (first.Length == 4 && char.IsAsciiDigit(first[3]) && Devices.Contains(first[..3]));
    }
}
