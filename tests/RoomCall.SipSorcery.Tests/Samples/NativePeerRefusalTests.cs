using System.Net;
using System.Net.Sockets;
using RoomCall.Samples.Tests;

namespace RoomCall.SipSorcery.Tests.Samples;

/// <summary>What cannot be, said in one sentence, with the exit code.</summary>
public class NativePeerRefusalTests : NativePeerFixture
{
    private static readonly string[][] WrongArguments =
    [
        [],
        ["--room", " "],
        ["--room", "lobby", "--server", "nowhere"],
        ["--room", "lobby", "--server", "ftp://127.0.0.1/room"],
        ["--room", "lobby", "--name", ""],
        ["--room", "lobby", "--colour", "red"],
        ["--room", "lobby", "--send"],
    ];

    [TestCaseSource(nameof(WrongArguments))]
    public async Task A_wrong_argument_is_said_in_one_line(params string[] arguments)
    {
        SampleResult result = await SampleProcess.RunAsync("NativePeer", input: "", arguments);

        Said(result, 2, "See --help.");
    }

    [Test]
    public async Task A_file_that_is_not_there_and_a_folder_in_place_of_one_are_said_so()
    {
        Said(await RunAsync("--send", Path.Combine(Folder, "nothing")), 2, "there is no file");
        Said(await RunAsync("--send", Folder), 2, "is a folder: name a file.");
    }

    [Test]
    public async Task A_folder_that_cannot_be_written_to_is_said_so()
    {
        string file = WriteFile("file", 1);

        Said(await RunAsync("--save", file), 2, "is no folder that can be written to");
        Said(await RunAsync("--save", Path.Combine(file, "below")), 2, "is no folder that can be written to");
    }

    [Test]
    public async Task A_server_that_is_not_there_is_said_so()
    {
        using TcpListener nobody = new(IPAddress.Loopback, 0);
        nobody.Start();
        string address = $"ws://{nobody.LocalEndpoint}/room";
        nobody.Stop();

        SampleResult result = await SampleProcess.RunAsync("NativePeer", input: "", "--server", address, "--room", "lobby");

        Said(result, 1, $"The signaling server at {address} cannot be reached");
    }

    [Test]
    public async Task The_third_reads_that_the_room_is_full()
    {
        string room = NewRoom();
        await using RunningSample alice = Join(room, "Alice", "--silent");
        await alice.WhenPrintedAsync("phase: Waiting");
        await using RunningSample bob = Join(room, "Bob", "--silent");
        await bob.WhenPrintedAsync("Alice is here");

        await using RunningSample carol = Join(room, "Carol", "--silent");

        Said(await carol.EndAsync(), 1, "full");
    }

    private Task<SampleResult> RunAsync(params string[] more) =>
        SampleProcess.RunAsync("NativePeer", input: "", ["--server", Rooms.AbsoluteUri, "--room", "lobby", .. more]);

    private static void Said(SampleResult result, int exitCode, string sentence)
    {
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.Output);
        Assert.That(result.ErrorLines, Has.Length.EqualTo(1), result.Error);
        Assert.That(result.ErrorLines[0], Does.Contain(sentence));
    }
}
