using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace RoomCall.Samples;

/// <summary>The program's arguments, its help and its exit codes.</summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int WrongArguments = 2;
    private const int Interrupted = 130; // 128 + SIGINT, as shells say it

    private static readonly Option<string?> Send = new("--send")
    {
        HelpName = "PATH",
        Description = "Send a file to the other side, and compare the SHA-256 sums.",
    };

    private static readonly Option<bool> Chat = new("--chat")
    {
        Description = "Type for both sides: a line each in turn, or begin it with a: or b:",
    };

    private static readonly Option<TimeSpan> Latency = new("--latency")
    {
        HelpName = "TIME",
        Description = "How long everything takes one way, at most 2 s: 50ms, 0.05s or 50.",
        CustomParser = result => Read(
            result, Quantity.TryReadLatency, TimeSpan.Zero, "is no time between 0 and 2 s: write 50ms, 0.05s or 50"),
    };

    private static readonly Option<double> Loss = new("--loss")
    {
        HelpName = "SHARE",
        Description = "How much of data and media is lost, at most 90%: 5% or 0.05.",
        CustomParser = result => Read(result, Quantity.TryReadLoss, 0.0, "is no share between 0 and 90%: write 5% or 0.05"),
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        HelpName = "NUMBER",
        Description = "Where chance begins: the same seed loses the same packets.",
        CustomParser = result => Read(result, Quantity.TryReadSeed, 0, "is no whole number"),
    };

    private delegate bool TryRead<T>(string text, out T value);

    /// <summary>Runs the program.</summary>
    /// <returns>0: the call was played; 1: it failed; 2: an argument is wrong or the file cannot be read; 130: interrupted.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand command = new("Plays a whole WebRTC call inside one process and prints it, step by step.")
        {
            Send, Chat, Latency, Loss, Seed,
        };
        if (command.Options.OfType<HelpOption>().FirstOrDefault() is { Action: HelpAction help } option)
        {
            option.Action = new HelpWithExamples(help);
        }

        command.SetAction((parsed, cancellationToken) => PlayAsync(ToWishes(parsed), cancellationToken));
        ParseResult result = command.Parse(args);
        if (result.Errors.Count > 0)
        {
            return Fail(WrongArguments, $"{result.Errors[0].Message.TrimEnd('.')}. See --help.");
        }

        // Ctrl+C: long enough to hang up, which is at most two network time-outs.
        return await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(12) });
    }

    private static async Task<int> PlayAsync(Wishes wishes, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream? file = wishes.File is { } path ? SourceFile.Open(path) : null;
            await new CallScenario(wishes, file, Screen.Create()).PlayAsync(cancellationToken);
            return 0;
        }
        catch (UnreadableFileException exception)
        {
            return Fail(WrongArguments, exception.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (Exception exception) when (exception is RoomCallException or IOException)
        {
            return Fail(Failed, exception.Message);
        }
    }

    private static Wishes ToWishes(ParseResult parsed) => new()
    {
        File = parsed.GetValue(Send),
        Chat = parsed.GetValue(Chat),
        Latency = parsed.GetValue(Latency),
        Loss = parsed.GetValue(Loss),
        Seed = parsed.GetValue(Seed),
    };

    private static T Read<T>(ArgumentResult result, TryRead<T> tryRead, T otherwise, string error)
    {
        string text = result.Tokens[0].Value;
        if (tryRead(text, out T value)) return value;
        result.AddError($"{((OptionResult)result.Parent!).Option.Name}: '{text}' {error}");
        return otherwise;
    }

    private static int Fail(int exitCode, string message)
    {
        Console.Error.WriteLine(message.ReplaceLineEndings(" "));
        return exitCode;
    }
}
