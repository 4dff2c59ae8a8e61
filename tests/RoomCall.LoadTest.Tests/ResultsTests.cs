using RoomCall.LoadTest.Measures;
using RoomCall.LoadTest.Reports;

namespace RoomCall.LoadTest.Tests;

public class ResultsTests
{
    [Test]
    public void A_table_has_medians_and_the_medians_of_the_rounds_ratios()
    {
        Results results = new("Relay");
        foreach ((double baseline, double other) in new[] { (10.0, 12.0), (20.0, 22.0), (100.0, 150.0) })
        {
            results.Add("raw-zero", [new Figure("µs", baseline), new Figure("%", 99, IsCompared: false)]);
            results.Add("socketio", [new Figure("µs", other), new Figure("%", 50, IsCompared: false)]);
        }

        Assert.That(MarkdownTable.Of(results), Is.EqualTo(
            """
            ### Relay

            | server | µs | % |
            |---|---|---|
            | raw-zero | 20.0 (1.00) | 99.0 |
            | socketio | 22.0 (1.20) | 50.0 |

            """.ReplaceLineEndings("\n")));
    }
}
