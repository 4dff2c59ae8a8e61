using System.Globalization;
using System.Text;

namespace RoomCall.InMemory;

/// <summary>What happened in a simulation, as lines where they are wanted, and always as a fingerprint.</summary>
internal sealed class SimulationTrace(bool record)
{
    private const int Tail = 40;

    private readonly StringBuilder? _lines = record ? new() : null;
    private readonly List<int> _starts = [];

    public bool IsRecording => record;

    public ulong Fingerprint { get; private set; } = 0xCBF29CE484222325;

    /// <summary>Adds a number to the fingerprint.</summary>
    public void Mix(ulong value) => Fingerprint = (ulong.RotateLeft(Fingerprint, 5) ^ value) * 0x9E3779B97F4A7C15;

    /// <summary>Adds a note: to the fingerprint always, to the lines where they are wanted.</summary>
    public void Note(long now, string who, string what)
    {
        Mix(who);
        Mix(what);
        Write(now, who, what);
    }

    /// <summary>Adds a line where lines are wanted.</summary>
    public void Write(long now, string who, string what)
    {
        if (_lines is null) return;
        _starts.Add(_lines.Length);
        TimeSpan time = new(now);
        _lines.Append(CultureInfo.InvariantCulture, $"{(long)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}.{time.Ticks % TimeSpan.TicksPerSecond:0000000} ");
        _lines.Append(CultureInfo.InvariantCulture, $"{who,-12} {what}\n");
    }

    public override string ToString() => _lines?.ToString() ?? "";

    /// <summary>The last lines.</summary>
    public string ToTail()
    {
        if (_lines is null) return "";
        int start = _starts.Count > Tail ? _starts[^Tail] : 0;
        return _lines.ToString(start, _lines.Length - start);
    }

    private void Mix(string text)
    {
        foreach (char character in text) Mix(character);
    }
}
