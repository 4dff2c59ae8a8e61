using System.Collections;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using RoomCall.AspNetCore;
using RoomCall.Server;
using RoomCall.Signaling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Repository.Documentation;

/// <summary>What docs/server.md and docs/errors.md list is what there is.</summary>
public partial class ServerPageTests
{
    [Test]
    public void Each_option_is_listed_with_its_default()
    {
        RoomCallServerOptions options = new();
        string[] expected =
        [
            .. Defaults(options, "").Where(row => !row.StartsWith("Rooms ", StringComparison.Ordinal)),
            .. Defaults(options.Rooms, "Rooms:"),
        ];

        Assert.That(Rows("docs/server.md").Where(row => row.Cells > 2).Select(row => $"{row.First} {row.Second}"), Is.SupersetOf(expected));
    }

    [Test]
    public void Each_instrument_is_listed_with_its_unit()
    {
        List<string> instruments = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Name.StartsWith("roomcall.server.", StringComparison.Ordinal))
                instruments.Add($"{instrument.Name} {Kind(instrument)} {instrument.Unit}");
        };
        listener.Start();
        _ = new SignalingServer(new RoomBroker());

        IEnumerable<string> listed = Rows("docs/server.md").Where(row => row.First.StartsWith("roomcall.", StringComparison.Ordinal))
            .Select(row => $"{row.First} {row.Second} {row.Third}");

        Assert.That(listed, Is.EquivalentTo(instruments.Distinct()));

        static string Kind(Instrument instrument) => instrument.GetType().Name.StartsWith("UpDown", StringComparison.Ordinal) ? "up-down counter" : "counter";
    }

    [TestCase(typeof(RoomErrorCode))]
    [TestCase(typeof(EndCode))]
    [TestCase(typeof(CallEndCode))]
    [TestCase(typeof(RoomCallErrorCode))]
    public void Each_code_is_explained(Type codes)
    {
        IEnumerable<string> explained = Rows("docs/errors.md").SelectMany(row => row.First.Split(", "));

        Assert.That(explained, Is.SupersetOf(Enum.GetNames(codes)));
    }

    private static IEnumerable<string> Defaults(object options, string prefix) =>
        from property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        select $"{prefix}{property.Name} {Text(property.GetValue(options))}";

    // As it is written in appsettings.json.
    private static string Text(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        IEnumerable list => list.Cast<object>().Any() ? "" : "[]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static IEnumerable<(string First, string Second, string Third, int Cells)> Rows(string document) =>
        from line in File.ReadAllLines(RepositoryFiles.Path(document))
        where TableRow().IsMatch(line)
        let cells = line.Trim('|').Split('|').Select(cell => cell.Replace("`", "", StringComparison.Ordinal).Trim()).ToArray()
        select (cells[0], cells.ElementAtOrDefault(1) ?? "", cells.ElementAtOrDefault(2) ?? "", cells.Length);

    [GeneratedRegex("^\\| `")]
    private static partial Regex TableRow();
}
