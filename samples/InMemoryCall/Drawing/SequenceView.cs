using System.Globalization;
using Spectre.Console;

namespace RoomCall.Samples;

/// <summary>
/// Draws what happens, line by line, in the order in which it is told: under one lock and on one clock. Who tells of a thing before its
/// consequences can happen gets it drawn above them. Safe for concurrent use.
/// </summary>
internal sealed class SequenceView
{
    private const char DataLine = '═';
    private const char MediaLine = '┄';

    private static readonly Style Faint = new(Color.Grey);
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly Style Server = new(Color.Blue);
    private static readonly Style Signal = new(Color.Aqua);
    private static readonly Style Media = new(Color.Fuchsia);
    private static readonly Style Data = new(Color.Green);
    private static readonly Style Remark = new(Color.Yellow);
    private static readonly Style Fault = new(Color.Red);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private long _start;
    private readonly SequenceLayout _layout;
    private string _initiator = "";

    public SequenceView(IAnsiConsole console, TimeProvider time)
    {
        Console = console;
        _time = time;
        _layout = new SequenceLayout(console.Profile.Width);
    }

    public IAnsiConsole Console { get; }

    /// <summary>Begins a call's part: who stands left and right from now on.</summary>
    public void Begin(string title, string initiator, string joiner, string room)
    {
        lock (_gate)
        {
            _initiator = initiator;
            if (_start == 0) _start = _time.GetTimestamp(); // the first call begins at zero
            Write();
            Write((title, Bold));
            Write();
            Write(("      ms  ", Faint), (_layout.Heading(initiator, "server", joiner), Bold));
            Write((SequenceLayout.Blank(SequenceLayout.TimeWidth) + _layout.Heading("initiator", $"room '{room}'", "joiner"), Faint));
        }
    }

    /// <summary>A peer asks the server.</summary>
    public void ToServer(string from, string label) => HalfArrow(from, label, toRight: IsLeft(from));

    /// <summary>The server tells a peer.</summary>
    public void FromServer(string to, string label) => HalfArrow(to, label, toRight: !IsLeft(to));

    /// <summary>A signal has come from the other peer, through the server.</summary>
    public void SignalArrived(string to, string label) => Row((_layout.ThroughServer(label, !IsLeft(to)), Signal));

    /// <summary>A message of a data channel has come from the other peer.</summary>
    public void DataArrived(string to, string label) => Row((_layout.PeerToPeer(Printable(label), !IsLeft(to), DataLine), Data));

    /// <summary>Media has come from the other peer.</summary>
    public void MediaArrived(string to, string label) => Row((_layout.PeerToPeer(label, !IsLeft(to), MediaLine), Media));

    /// <summary>Something became true at a peer.</summary>
    public void Happened(string at, string text) => HalfRow(at, (_layout.Remark(Printable(text), IsLeft(at)), Remark));

    /// <summary>Something went wrong at a peer.</summary>
    public void WentWrong(string at, string text) => HalfRow(at, (_layout.Remark(Printable(text), IsLeft(at)), Fault));

    /// <summary>A line outside the sequence.</summary>
    public void Say(string text)
    {
        lock (_gate)
        {
            Write((Printable(text), Style.Plain));
        }
    }

    /// <summary>An empty line outside the sequence.</summary>
    public void Say() => Say("");

    /// <summary>Asks for input, on the line that the answer is typed on.</summary>
    public void Prompt(string text)
    {
        lock (_gate)
        {
            Console.Write(new Text(text, Bold));
        }
    }

    private bool IsLeft(string peer) => peer == _initiator;

    private void HalfArrow(string peer, string label, bool toRight) => HalfRow(peer, (_layout.HalfArrow(label, toRight), Server));

    private void HalfRow(string peer, (string Text, Style Style) half)
    {
        (string, Style) other = (SequenceLayout.Blank(_layout.Half), Style.Plain);
        if (IsLeft(peer))
        {
            Row(half, other);
        }
        else
        {
            Row(other, half);
        }
    }

    // The parts of a row have the lifelines between and beside them.
    private void Row(params ReadOnlySpan<(string Text, Style Style)> parts)
    {
        lock (_gate)
        {
            double now = _time.GetElapsedTime(_start).TotalMilliseconds;
            List<(string, Style)> row = [(string.Create(CultureInfo.InvariantCulture, $"{now,8:0.0}  "), Faint), ("│", Faint)];
            foreach ((string, Style) part in parts)
            {
                row.Add(part);
                row.Add(("│", Faint));
            }

            Write([.. row]);
        }
    }

    private void Write(params ReadOnlySpan<(string Text, Style Style)> parts)
    {
        Paragraph line = new();
        foreach ((string text, Style style) in parts) line.Append(text, style);
        Console.Write(line);
        Console.WriteLine();
    }

    // What others wrote must not move the cursor or change the colours.
    private static string Printable(string text) =>
        string.Concat(text.Select(letter =>
            char.IsControl(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format ? '·' : letter));
}
