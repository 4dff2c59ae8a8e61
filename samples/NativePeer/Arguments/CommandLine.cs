using System.CommandLine;
using System.CommandLine.Parsing;

namespace RoomCall.Samples;

/// <summary>The program's arguments, its help and its exit codes.</summary>
internal static class CommandLine
{
    private const int WrongArguments = 2;

    private static readonly Option<string> Room = new("--room")
    {
        HelpName = "NAME",
        Description = "The room in which the two sides meet.",
        Required = true,
        CustomParser = ReadRoom,
    };

    private static readonly Option<Uri> Server = new("--server")
    {
        HelpName = "ADDRESS",
        Description = "The signaling server; the default is where samples/BrowserCall is.",
        DefaultValueFactory = _ => new Uri("ws://localhost:5000/room"),
        CustomParser = ReadServer,
    };

    private static readonly Option<string?> Name = new("--name")
    {
        HelpName = "NAME",
        Description = "What the other side is told that you are called, at most 64 characters.",
        CustomParser = ReadName,
    };

    private static readonly Option<string?> Send = new("--send")
    {
        HelpName = "FILE",
        Description = "Send this file to everybody who comes.",
    };

    private static readonly Option<string?> Save = new("--save")
    {
        HelpName = "DIR",
        Description = "Save the files that come into this folder; else they are counted and forgotten.",
    };

    private static readonly Option<bool> Silent = new("--silent")
    {
        Description = "Play no test tone to the other side.",
    };

    /// <summary>Runs the program.</summary>
    /// <returns>0: hung up; 1: the call or the connection failed; 2: an argument is wrong, or a path that it names.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand command = new("Joins a room and has calls with whoever comes, a browser too. Ctrl+C hangs up.")
        {
            Room, Server, Name, Send, Save, Silent,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(ToWishes(parsed), cancellationToken));
        ParseResult result = command.Parse(args);
        if (result.Errors.Count > 0)
            return Refuse($"{result.Errors[0].Message.TrimEnd('.')}. See --help.");

        // Ctrl+C: long enough to deliver what was sent, and to say bye to a server that is slow.
        return await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(12) });
    }

    private static async Task<int> RunAsync(Wishes wishes, CancellationToken cancellationToken)
    {
        try
        {
            if (wishes.File is { } path)
                await SourceFile.Open(path).DisposeAsync(); // what is wrong with it is said before anybody comes
            DownloadFolder? folder = wishes.Folder is { } name ? DownloadFolder.Open(name) : null;
            return await new NativePeer(wishes, folder).RunAsync(cancellationToken);
        }
        catch (WrongPathException exception)
        {
            return Refuse(exception.Message);
        }
    }

    private static Wishes ToWishes(ParseResult parsed) => new()
    {
        Server = parsed.GetRequiredValue(Server),
        Room = parsed.GetRequiredValue(Room),
        Name = parsed.GetValue(Name),
        File = parsed.GetValue(Send),
        Folder = parsed.GetValue(Save),
        IsSilent = parsed.GetValue(Silent),
    };

    private static string? ReadRoom(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!string.IsNullOrWhiteSpace(text))
            return text;

        result.AddError("--room: a room's name is not empty, and not white space alone");
        return null;
    }

    private static Uri? ReadServer(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? server) && server.Scheme is "ws" or "wss" or "http" or "https")
            return server;

        result.AddError($"--server: '{text}' is no address of a signaling server: write ws://localhost:5000/room");
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

    private static int Refuse(string sentence)
    {
        Console.Error.WriteLine(sentence.ReplaceLineEndings(" "));
        return WrongArguments;
    }
}
