using System.Net;
using System.Net.Sockets;

namespace RoomCall.Samples.Tests;

/// <summary>What cannot be, said in plain words, with the exit code.</summary>
public class RefusalTests
{
    private const string Key = "a key of thirty-two bytes or more";

    private static readonly string[][] WrongArguments =
    [
        [],
        ["--room", "lobby"],
        ["--server", "ws://127.0.0.1:1/room"],
        ["--server", "nowhere", "--room", "lobby"],
        ["--server", "ftp://127.0.0.1/room", "--room", "lobby"],
        ["--server", "ws://127.0.0.1:1/room", "--room", " "],
        ["--server", "ws://127.0.0.1:1/room", "--room", "lobby", "--until", "doomsday"],
        ["--server", "ws://127.0.0.1:1/room", "--room", "lobby", "--name", ""],
        ["--server", "ws://127.0.0.1:1/room", "--room", "lobby", "--colour", "red"],
    ];

    [TestCaseSource(nameof(WrongArguments))]
    public async Task A_wrong_argument_is_said_in_one_line(params string[] arguments)
    {
        SampleResult result = await SampleProcess.RunAsync("ConsoleCall", input: "", arguments);

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((2, "")));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(1));
        Assert.That(result.ErrorLines[0], Does.EndWith("See --help."));
    }

    [Test]
    public async Task A_server_that_is_not_there_is_said_so()
    {
        using TcpListener nobody = new(IPAddress.Loopback, 0);
        nobody.Start();
        string address = $"ws://{nobody.LocalEndpoint}/room";
        nobody.Stop();

        SampleResult result = await SampleProcess.RunAsync("ConsoleCall", input: "", "--server", address, "--room", "lobby");

        Said(result, $"The signaling server at {address} cannot be reached");
    }

    [Test]
    public async Task An_address_without_a_server_behind_it_is_said_so()
    {
        await using RoomServer server = await RoomServer.StartAsync();

        SampleResult result = await SampleProcess.RunAsync("ConsoleCall", input: "", "--server", $"{server.Address}s", "--room", "lobby");

        Said(result, "There is no signaling server at");
    }

    [Test]
    public async Task The_third_reads_that_the_room_is_full()
    {
        await using RoomServer server = await RoomServer.StartAsync();
        await using RunningSample alice = ConsoleSide.Join(server, "Alice");
        await using RunningSample bob = ConsoleSide.Join(server, "Bob");
        await alice.WhenPrintedAsync(" * negotiated");

        await using RunningSample carol = ConsoleSide.Join(server, "Carol");

        Said(await carol.EndAsync(), "full");
    }

    [Test]
    public async Task A_room_name_that_is_none_is_said_so()
    {
        await using RoomServer server = await RoomServer.StartAsync();

        SampleResult result = await SampleProcess.RunAsync("ConsoleCall", input: "", "--server", server.Address, "--room", new string('x', 129));

        Said(result, "Choose a room name of 1 to 128 characters");
    }

    [Test]
    public async Task Who_has_no_token_or_a_wrong_one_or_one_for_another_room_is_refused_and_who_has_the_right_one_is_let_in()
    {
        await using RoomServer server = await RoomServer.StartAsync(("Authorization__Key", Key));
        string[] alice = ["--server", server.Address, "--room", "lobby", "--token"];
        string forLobby = await TokenAsync("lobby");

        Said(await SampleProcess.RunAsync("ConsoleCall", input: "", "--server", server.Address, "--room", "lobby"), "(401)");
        Said(await SampleProcess.RunAsync("ConsoleCall", input: "", [.. alice, forLobby[..^4] + "AAAA"]), "(401)");
        Said(await SampleProcess.RunAsync("ConsoleCall", input: "", [.. alice, await TokenAsync("elsewhere")]), "Your token is not for this room");
        await using RunningSample inside = RunningSample.Start("ConsoleCall", [.. alice, forLobby]);
        await inside.WhenPrintedAsync("created");
        await using RunningSample other = RunningSample.Start("ConsoleCall", [.. alice, await TokenAsync("*")]);
        await other.WhenPrintedAsync("joined: alice is here"); // by the name in the token
    }

    private static async Task<string> TokenAsync(string room)
    {
        await using RunningSample server = RunningSample.Start("SignalingServer", ["--token-for", "alice", "--room", room], RoomServer.AtHome, ("Authorization__Key", Key));
        SampleResult result = await server.EndAsync();
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return result.Output.Trim();
    }

    private static void Said(SampleResult result, string sentence)
    {
        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        Assert.That(result.ErrorLines, Has.Length.EqualTo(1), result.Error);
        Assert.That(result.ErrorLines[0], Does.Contain(sentence));
    }
}
