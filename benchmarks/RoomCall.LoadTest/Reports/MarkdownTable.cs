using System.Globalization;
using System.Text;
using RoomCall.LoadTest.Measures;

namespace RoomCall.LoadTest.Reports;

/// <summary>Shows results as a table: medians, and in brackets the medians of the rounds' ratios to the baseline.</summary>
internal static class MarkdownTable
{
    public static string Of(Results results, string baseline)
    {
        Figure[] columns = [.. results.Columns];
        StringBuilder table = new();
        table.Append(CultureInfo.InvariantCulture, $"### {results.Title}\n\n| server |");
        foreach (Figure column in columns) table.Append(CultureInfo.InvariantCulture, $" {column.Name} |");
        table.Append("\n|---|").Insert(table.Length, "---|", columns.Length).Append('\n');
        foreach (string server in results.Servers)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {server} |");
            for (int column = 0; column < columns.Length; column++)
                table.Append(CultureInfo.InvariantCulture, $" {Cell(results, server, baseline, columns[column], column)} |");
            table.Append('\n');
        }

        return table.ToString();
    }

    private static string Cell(Results results, string server, string baseline, Figure figure, int column)
    {
        string median = Rounded(results.MedianOf(server, column));
        return figure.IsCompared && results.RatioOf(server, baseline, column) is { } ratio
            ? string.Create(CultureInfo.InvariantCulture, $"{median} ({ratio:F2})")
            : median;
    }

    private static string Rounded(double value) =>
        value.ToString(value switch { < 10 => "F2", < 100 => "F1", _ => "F0" }, CultureInfo.InvariantCulture);
}
