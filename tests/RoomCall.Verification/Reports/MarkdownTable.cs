using System.Globalization;
using System.Text;

namespace RoomCall.Verification.Reports;

/// <summary>A table in Markdown, its numbers to the right.</summary>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params object[] cells) =>
        _rows.Add([.. cells.Select(static cell => cell switch
        {
            int or long => string.Create(CultureInfo.InvariantCulture, $"{cell:N0}"),
            TimeSpan time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:N1} s"),
            _ => cell.ToString()!,
        })]);

    public override string ToString()
    {
        StringBuilder text = new();
        Append(text, columns);
        Append(text, [.. columns.Select(static (_, column) => column == 0 ? "---" : "---:")]);
        foreach (string[] row in _rows)
            Append(text, row);

        return text.ToString();
    }

    private static void Append(StringBuilder text, string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
