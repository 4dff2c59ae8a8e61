using System.Text;
using Spectre.Console;

namespace RoomCall.Samples;

/// <summary>Where the program draws: colours and a progress bar on a terminal, plain text elsewhere.</summary>
internal static class Screen
{
    public static IAnsiConsole Create()
    {
        if (Console.OutputEncoding.CodePage != Encoding.UTF8.CodePage) Console.OutputEncoding = new UTF8Encoding(false);

        // Decided here and not by Spectre.Console, which writes escape codes into the logs of some build servers.
        bool isPlain = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb";
        bool isColourless = isPlain || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isColourless ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isPlain ? InteractionSupport.No : InteractionSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Out),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
    }
}
