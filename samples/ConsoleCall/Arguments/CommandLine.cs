using System.CommandLine;
using System.CommandLine.Parsing;

namespace RoomCall.Samples;

/// <summary>The program's arguments, its help and its exit codes.</summary>
internal static class CommandLine
{
    private const int WrongArguments = 2;

    private static readonly Option<Uri> Server = new("--server")
    {
        HelpName = "ADDRESS",
        Description = "The signaling server, such as ws://localhost:5000/room.",
        Required = true,
        CustomParser = ReadServer,
    };

    private static readonly Option<string> Room = new("--room")
    {
        HelpName = "NAME",
        Description = "The room in which the two sides meet.",
        Required = true,
        CustomParser = ReadRoom,
    };

    private static readonly Option<string?> Name = new("--name")
    {
        HelpName = "NAME",
        Description = "What the other side is told that you are called, at most 64 characters.",
        CustomParser = ReadName,
    };

    private static readonly Option<string?> Token = new("--token")
    {
        HelpName = "TOKEN",
        Description = "The token that the server wants to see.",
    };

    private static readonly Option<string?> Until = new Option<string?>("--until")
    {
        HelpName = "negotiated",
        Description = "End by itself when the signaling of the call is done; else Ctrl+C hangs up.",
    }.AcceptOnlyFromAmong("negotiated");

    /// <summary>Runs the program.</summary>
    /// <returns>0: hung up, by either side, or done; 1: the call or the connection failed; 2: an argument is wrong.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand command = new("Joins a room of a signaling server and shows the signaling of a WebRTC call, step by step.")
        {
            Server, Room, Name, Token, Until,
        };
        command.SetAction((parsed, cancellationToken) => new ConsoleCall(ToWishes(parsed)).RunAsync(cancellationToken));
        ParseResult result = command.Parse(args);
        if (result.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"{result.Errors[0].Message.ReplaceLineEndings(" ").TrimEnd('.')}. See --help.");
            return WrongArguments;
        }

        // Ctrl+C: long enough to say bye to a server that is slow.
        return await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(12) });
    }

    private static Wishes ToWishes(ParseResult parsed) => new()
    {
        Server = parsed.GetRequiredValue(Server),
        Room = parsed.GetRequiredValue(Room),
        Name = parsed.GetValue(Name),
        Token = parsed.GetValue(Token),
        UntilNegotiated = parsed.GetValue(Until) is not null,
    };

    private static Uri? ReadServer(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? server) && server.Scheme is "ws" or "wss" or "http" or "https")
            return server;

        result.AddError($"--server: '{text}' is no address of a signaling server: write ws://localhost:5000/room");
        return null;
    }

    private static string? ReadRoom(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!string.IsNullOrWhiteSpace(text))
            return text;

        result.AddError("--room: a room's name is not empty, and not white space alone");
        return null;
    }

    private static string? ReadName(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text.Length is > 0 and <= 64)
            return text;

        result.AddError("--name: a name has 1 to 64 characters");
        return null;
    }
}
