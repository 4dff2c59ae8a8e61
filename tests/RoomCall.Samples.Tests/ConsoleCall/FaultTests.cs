namespace RoomCall.Samples.Tests;

/// <summary>Processes that are killed, and a server that is started anew.</summary>
public class FaultTests
{
    [Test]
    public async Task One_that_is_killed_is_told_as_away_and_then_as_vanished()
    {
        await using RoomServer server = await RoomServer.StartAsync(("RoomCall__ResumeTime", "00:00:02"));
        await using RunningSample alice = ConsoleSide.Join(server, "Alice");
        await alice.WhenPrintedAsync("created");
        await using RunningSample bob = ConsoleSide.Join(server, "Bob");
        await alice.WhenPrintedAsync(" * negotiated");

        bob.Kill();

        await alice.WhenPrintedAsync("away: the connection of Bob is lost, and its seat is kept");
        await alice.WhenPrintedAsync("left: Bob has vanished");
        await alice.WhenPrintedAsync("the call has ended");
    }

    [Test]
    public async Task A_server_that_is_stopped_and_started_again_has_its_clients_back_and_they_hear_each_other()
    {
        await using RoomServer server = await RoomServer.StartAsync();
        await using RunningSample alice = ConsoleSide.Join(server, "Alice");
        await alice.WhenPrintedAsync("created");
        await using RunningSample bob = ConsoleSide.Join(server, "Bob");
        await alice.WhenPrintedAsync(" * negotiated");
        await bob.WhenPrintedAsync(" * negotiated");

        SampleResult stopped = await server.StopAsync();
        await alice.WhenPrintedAsync("the connection to the server is lost: connecting again");
        await bob.WhenPrintedAsync("the connection to the server is lost: connecting again");
        await using RoomServer again = await server.StartAgainAsync();

        await alice.WhenPrintedAsync("<- created", "<- joined: Bob is here");
        await bob.WhenPrintedAsync("<- created", "<- joined: Alice is here");
        await bob.SignalAsync("INT");
        await alice.WhenPrintedAsync("the call has ended: The other side hung up.");
        SampleResult left = await bob.EndAsync();

        Assert.That((stopped.ExitCode, left.ExitCode), Is.EqualTo((0, 0)));
        Assert.That(again.Address, Is.EqualTo(server.Address));
    }
}
