using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RoomCall.Samples;

/// <summary>The usual help, and examples below it.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const string Examples = """
        Examples:
          dotnet run --project samples/InMemoryCall                          a whole call, and the next one
          dotnet run --project samples/InMemoryCall -- --send photo.jpg      a file across, with both sums
          dotnet run --project samples/InMemoryCall -- --chat                type for both sides
          printf 'one\ntwo\n' | dotnet run --project samples/InMemoryCall    each line is a message
          dotnet run --project samples/InMemoryCall -- --latency 50ms --loss 5% --seed 7

        Exit codes: 0 the call was played, 1 it failed, 2 a wrong argument or file, 130 interrupted.
        """;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(Examples);
        return exitCode;
    }
}
