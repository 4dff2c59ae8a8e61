using Spectre.Console.Rendering;

namespace RoomCall.Samples;

/// <summary>The geometry of a sequence: a column of times, then the lifelines of the initiator, the server and the joiner.</summary>
internal sealed class SequenceLayout
{
    private const int LeastWidth = 60;
    private const int MostWidth = 100;
    private const int Lifelines = 3;

    /// <summary>How many cells the times take.</summary>
    public const int TimeWidth = 10;

    public SequenceLayout(int consoleWidth) =>
        Half = (Math.Clamp(consoleWidth, LeastWidth, MostWidth) - TimeWidth - Lifelines) / 2;

    /// <summary>How many cells lie between two neighbouring lifelines.</summary>
    public int Half { get; }

    /// <summary>How many cells lie between the initiator's lifeline and the joiner's.</summary>
    public int Whole => (2 * Half) + 1;

    /// <summary>How many cells a row takes.</summary>
    public int Width => TimeWidth + Whole + 2;

    /// <summary>An arrow between a peer and the server, its label at the sender's end.</summary>
    public string HalfArrow(string label, bool toRight) => Arrow(label, Half, Half, '─', toRight);

    /// <summary>An arrow from one peer to the other that crosses the server's lifeline.</summary>
    public string ThroughServer(string label, bool toRight)
    {
        string arrow = Arrow(label, Whole, Half - 1, '─', toRight);
        return $"{arrow[..Half]}┼{arrow[(Half + 1)..]}";
    }

    /// <summary>An arrow from one peer to the other that does not touch the server.</summary>
    public string PeerToPeer(string label, bool toRight, char line) => Arrow(label, Whole, Whole, line, toRight);

    /// <summary>A remark at a peer's lifeline.</summary>
    public string Remark(string text, bool atLeft)
    {
        string fitting = Fit(text, Half - 4);
        string rest = Blank(Half - 3 - Cells(fitting));
        return atLeft ? $" ● {fitting}{rest}" : $"{rest}{fitting} ● ";
    }

    /// <summary>Three texts: at the left end, around the server, at the right end.</summary>
    public string Heading(string left, string middle, string right)
    {
        int serverAt = Half + 1;
        int before = Math.Max(1, serverAt - (Cells(middle) / 2) - Cells(left));
        int after = Math.Max(1, Whole + 2 - Cells(left) - before - Cells(middle) - Cells(right));
        return $"{left}{Blank(before)}{middle}{Blank(after)}{right}";
    }

    public static string Blank(int cells) => new(' ', Math.Max(0, cells));

    private static string Arrow(string label, int width, int room, char line, bool toRight)
    {
        string fitting = Fit(label, room - 5);
        string rest = new(line, width - 4 - Cells(fitting));
        return toRight ? $"{line} {fitting} {rest}▶" : $"◀{rest} {fitting} {line}";
    }

    private static string Fit(string text, int cells) =>
        Cells(text) <= cells ? text : Segment.Truncate(new Segment(text), cells - 1)?.Text + "…";

    // Letters of East Asia and most emoji take two cells.
    private static int Cells(string text) => new Segment(text).CellCount();
}
