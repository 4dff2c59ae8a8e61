using System.Globalization;

namespace RoomCall.Samples;

/// <summary>Prints what happens, a line each, in the order in which it is told. Safe for concurrent use.</summary>
internal sealed class Timeline(TextWriter output, TimeProvider time)
{
    private const int Longest = 500;

    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();

    /// <summary>Something goes to the other side.</summary>
    public void Sent(string what) => Write("->", what);

    /// <summary>Something has come from the other side.</summary>
    public void Came(string what) => Write("<-", what);

    /// <summary>Something became true here.</summary>
    public void Happened(string what) => Write(" *", what);

    /// <summary>A sentence to the user.</summary>
    public void Say(string sentence)
    {
        lock (_gate)
        {
            output.WriteLine(sentence);
        }
    }

    private void Write(string direction, string what)
    {
        lock (_gate)
        {
            double now = time.GetElapsedTime(_start).TotalMilliseconds;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{now,8:0} ms  {direction} {Printable(what)}"));
        }
    }

    // What others wrote must not move the cursor, change the colours or fill the screen.
    private static string Printable(string text)
    {
        string shown = string.Concat(text.Take(Longest).Select(letter =>
            char.IsControl(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format ? '·' : letter));
        return text.Length > Longest ? $"{shown}…" : shown;
    }
}
