using System.Globalization;
using System.Text;

namespace RoomCall.Verification.Reports;

/// <summary>A table in Markdown, its numbers to the right.</summary>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<object[]> _rows = [];

    public void Add(params object[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        StringBuilder text = new();
        Append(text, columns);
        Append(text, [.. columns.Select((_, column) => _rows.Exists(row => row[column] is string) ? "---" : "---:")]);
        foreach (object[] row in _rows)
            Append(text, [.. row.Select(Format)]);

        return text.ToString();
    }

    private static string Format(object cell) => cell switch
    {
        int or long => string.Create(CultureInfo.InvariantCulture, $"{cell:N0}"),
        TimeSpan time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:N1} s"),
        _ => cell.ToString()!,
    };

    private static void Append(StringBuilder text, string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
