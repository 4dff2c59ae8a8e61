namespace RoomCall.Samples.Tests;

/// <summary>Two processes meet through a third.</summary>
public class WholeSignalingTests
{
    [Test]
    public async Task Two_processes_go_through_a_whole_calls_signaling_and_end_by_themselves()
    {
        await using RoomServer server = await RoomServer.StartAsync();
        await using RunningSample initiator = ConsoleSide.Join(server, "Alice", "--until", "negotiated");
        await initiator.WhenPrintedAsync("-> park candidate:2");
        await using RunningSample joiner = ConsoleSide.Join(server, "Bob", "--until", "negotiated");

        SampleResult alice = await initiator.EndAsync();
        SampleResult bob = await joiner.EndAsync();

        Assert.That((alice.ExitCode, bob.ExitCode), Is.EqualTo((0, 0)), $"{alice.Output}{alice.Error}\n{bob.Output}{bob.Error}");
        InOrder(alice, "-> create or join", "<- created", "-> park offer (generation 1", "-> park candidate:", "<- join: Bob has come and was handed the offer");
        InOrder(alice, "<- join: Bob has come", "started: makes the offer", "<- got user media from Bob", "<- answer (generation 1");
        InOrder(alice, "<- answer (generation 1", "<- candidate:", " * negotiated", "-> bye to Bob", "This side hung up.");
        InOrder(bob, "-> create or join", "<- joined: Alice is here, Alice makes the offer", "<- offer (generation 1", "-> answer (generation 1", " * negotiated");
        InOrder(bob, "<- offer (generation 1", "<- candidate:", " * negotiated", "<- bye from Alice", "The other side hung up.");
        InOrder(bob, "-> answer (generation 1", "-> candidate:", " * negotiated");
        Assert.That(alice.Output, Does.Contain("the package RoomCall.SipSorcery brings one, and samples/NativePeer is a program with it."));
        Assert.That(bob.Output, Does.Contain("Media and data need a native WebRTC engine"));
        Assert.That(alice.Output + bob.Output, Does.Not.Contain("not taken"));
    }

    [Test]
    public async Task One_who_hangs_up_leaves_the_other_waiting_for_the_next()
    {
        await using RoomServer server = await RoomServer.StartAsync();
        await using RunningSample alice = ConsoleSide.Join(server, "Alice");
        await alice.WhenPrintedAsync("created");
        await using RunningSample bob = ConsoleSide.Join(server, "Bob");
        await bob.WhenPrintedAsync(" * negotiated");
        await alice.WhenPrintedAsync(" * negotiated");

        await alice.SignalAsync("INT");
        SampleResult left = await alice.EndAsync();
        await bob.WhenPrintedAsync("the call has ended: The other side hung up.");
        await bob.WhenPrintedAsync("left: Alice has left");
        await using RunningSample carol = ConsoleSide.Join(server, "Carol");
        await bob.WhenPrintedAsync("join: Carol has come");
        await bob.WhenPrintedAsync(" * negotiated");
        await carol.WhenPrintedAsync(" * negotiated");

        Assert.That((left.ExitCode, left.Error), Is.EqualTo((0, "")));
    }

    private static void InOrder(SampleResult result, params string[] texts)
    {
        int line = 0;
        foreach (string text in texts)
        {
            line = result.LineOf(text, line) + 1;
        }
    }
}
