using RoomCall.LoadTest.Measures;
using RoomCall.LoadTest.Reports;

namespace RoomCall.LoadTest.Tests;

public class ResultsTests
{
    [TestCase("raw-zero", "20.0 (1.00)", "22.0 (1.20)")]
    [TestCase("socketio", "20.0 (0.83)", "22.0 (1.00)")]
    [TestCase("signalr", "20.0", "22.0")]
    public void A_table_has_medians_and_the_medians_of_the_rounds_ratios_to_the_base(string baseline, string one, string other)
    {
        Results results = new("Relay");
        foreach ((double first, double second) in new[] { (10.0, 12.0), (20.0, 22.0), (100.0, 150.0) })
        {
            results.Add("raw-zero", [new Figure("µs", first), new Figure("%", 99, IsCompared: false)]);
            results.Add("socketio", [new Figure("µs", second), new Figure("%", 50, IsCompared: false)]);
        }

        Assert.That(MarkdownTable.Of(results, baseline), Is.EqualTo(
            $"""
            ### Relay

            | server | µs | % |
            |---|---|---|
            | raw-zero | {one} | 99.0 |
            | socketio | {other} | 50.0 |

            """.ReplaceLineEndings("\n")));
    }
}
