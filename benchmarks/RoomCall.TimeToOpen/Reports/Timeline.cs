using System.Globalization;
using System.Text;
using RoomCall.TimeToOpen.Browsers;
using RoomCall.TimeToOpen.Contenders;

namespace RoomCall.TimeToOpen.Reports;

/// <summary>Shows what happened in one run on both sides, in milliseconds since the joiner's join.</summary>
internal static class Timeline
{
    public static string Of(Contender contender, RunResult result)
    {
        TracedEvent[] ends = [new() { At = result.FirstOpened, What = "TOLD OPEN" }, new() { At = result.JoinerOpened, What = "TOLD OPEN" }];
        var all =
            from side in (int[])[0, 1]
            from traced in result.Traces[side].Append(ends[side])
            where traced.At >= result.Start
            orderby traced.At
            select (At: traced.At - result.Start, Side: side == 0 ? "first " : "joiner", What: Line(traced.What));
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{contender.Name}, {result.TimeToOpen:F0} ms\n");
        foreach ((double at, string side, string what) in all) text.Append(CultureInfo.InvariantCulture, $"{at,8:F1} {side} {what}\n");
        return text.ToString();
    }

    private static string Line(string what) => what.ReplaceLineEndings(" ");
}
