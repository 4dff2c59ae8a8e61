using RoomCall.Signaling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Tests.Signaling.Links;

/// <summary>How a stay ends: leaving, dispose, refusals and the server's `end`.</summary>
internal sealed class StayEndTests
{
    [Test]
    public async Task Full_is_told_and_then_the_events_end_normally()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, _) = await bench.ConnectAsync();

        link.Say(new RoomEvent.Full("lobby"));

        await bench.NextAsync<RoomEvent.Full>();
        Assert.That(await bench.EndAsync(), Is.Null);
        AssertLost(() => bench.SendAsync("1"));
        await bench.Connection.LeaveAsync(CancellationToken.None).Soon();
    }

    [Test]
    public async Task An_error_that_answers_the_request_is_told_and_then_the_events_end_normally()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, _) = await bench.ConnectAsync();

        link.Say(new RoomEvent.Error(RoomErrorCode.TooManyRooms, "Come back later."));

        Assert.That((await bench.NextAsync<RoomEvent.Error>()).Code, Is.EqualTo(RoomErrorCode.TooManyRooms));
        Assert.That(await bench.EndAsync(), Is.Null);
    }

    [Test]
    public async Task A_leave_is_told_behind_all_that_was_sent_and_ends_with_the_servers_word()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        await bench.SendAsync("1");

        Task leaving = bench.Connection.LeaveAsync(CancellationToken.None).AsTask();
        await link.NextTextAsync();
        await link.NextAsync(ClientFrameType.Bye);
        AssertLost(() => bench.SendAsync("2"));
        Assert.That(leaving.IsCompleted, Is.False);
        link.SayEnd(EndCode.Left);
        link.Close(1000, "left");

        await leaving.Soon();
        Assert.That(await bench.EndAsync(), Is.Null);
    }

    [Test]
    public async Task A_leave_ends_although_nobody_reads_what_has_come()
    {
        await using LinkBench bench = new(new() { ReceiveBufferEvents = 1 });
        ScriptedLink link = await bench.EnterAsync();
        for (int i = 0; i < 3; i++)
        {
            link.Say(new RoomEvent.Log(["one more"]));
        }

        Task leaving = bench.Connection.LeaveAsync(CancellationToken.None).AsTask();
        await link.NextAsync(ClientFrameType.Bye);
        link.SayEnd(EndCode.Left);
        link.Close(1000, "left");

        await leaving.Soon();
    }

    [Test]
    public async Task A_leave_goes_behind_those_who_wait_to_send()
    {
        await using LinkBench bench = new(new() { SendBufferMessages = 64 });
        ScriptedLink link = await bench.EnterAsync();
        Task[] sends = [.. Enumerable.Range(0, 70).Select(i => bench.SendAsync($"{i}"))];
        Task leaving = bench.Connection.LeaveAsync(CancellationToken.None).AsTask();
        link.SayAck(0);
        for (int i = 0; i < 64; i++)
        {
            await link.NextTextAsync();
        }

        link.SayAck(32);
        for (int i = 64; i < 70; i++)
        {
            Assert.That(await link.NextTextAsync(), Is.EqualTo($"{i}"));
        }

        await link.NextAsync(ClientFrameType.Bye);
        link.SayEnd(EndCode.Left);
        link.Close();
        await leaving.Soon();
        await Task.WhenAll(sends).Soon();
    }

    [Test]
    public async Task A_leave_that_was_cut_off_is_said_again()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        Task leaving = bench.Connection.LeaveAsync(CancellationToken.None).AsTask();
        await link.NextAsync(ClientFrameType.Bye);

        (link, _) = await bench.CutAsync(link);
        link.SayResumed(received: 0);
        await link.NextAsync(ClientFrameType.Bye);
        link.SayEnd(EndCode.Left);
        link.Close();

        await leaving.Soon();
        await bench.NextAsync<RoomEvent.Resumed>();
        Assert.That(await bench.EndAsync(), Is.Null);
    }

    [Test]
    public async Task A_leave_is_done_when_the_server_knows_the_stay_no_more()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        Task leaving = bench.Connection.LeaveAsync(CancellationToken.None).AsTask();
        (link, _) = await bench.CutAsync(link);

        link.Say(new RoomEvent.Error(RoomErrorCode.UnknownStay, "It has left."));
        link.Close();

        await leaving.Soon();
        Assert.That(await bench.EndAsync(), Is.Null);
        Assert.That(bench.Transport.Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task A_leave_is_done_when_the_server_kept_no_seat()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, _) = await bench.ConnectAsync();
        link.Say(new RoomEvent.Created("lobby", "me", []));
        await bench.NextAsync<RoomEvent.Created>();
        Task leaving = bench.Connection.LeaveAsync(CancellationToken.None).AsTask();

        link.Cut();

        await leaving.Soon();
        Assert.That(await bench.EndAsync(), Is.Null);
        Assert.That(bench.Transport.Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task A_leave_before_the_answer_waits_for_it()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, _) = await bench.ConnectAsync();
        Task leaving = bench.Connection.LeaveAsync(CancellationToken.None).AsTask();
        link.Say(new RoomEvent.Created("lobby", "me", []), LinkBench.Ticket);

        await link.NextAsync(ClientFrameType.Bye);
        link.SayEnd(EndCode.Left);
        link.Close();

        await leaving.Soon();
    }

    [Test]
    public async Task A_dispose_closes_properly_and_says_no_bye()
    {
        LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        Task disposing = bench.Connection.DisposeAsync().AsTask();
        await link.Closed;
        link.Close();

        await disposing.Soon();
        await bench.Connection.DisposeAsync().Soon();
        Assert.That(link.TryNext(out _), Is.False);
        Assert.That(await bench.EndAsync(), Is.Null);
        await link.Dropped;
    }

    [Test]
    public async Task A_dispose_waits_no_more_than_a_second_for_a_server_that_does_not_close()
    {
        LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        Task disposing = bench.Connection.DisposeAsync().AsTask();
        await link.Closed;

        bench.Time.Advance(TimeSpan.FromSeconds(1));

        await disposing.Soon();
        await link.Dropped;
    }

    [Test]
    public async Task A_dispose_ends_a_send_that_hangs()
    {
        LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        link.Gate = new TaskCompletionSource().Task;
        await bench.SendAsync("1");

        Task disposing = bench.Connection.DisposeAsync().AsTask();
        await bench.PassUntilAsync(disposing);

        Assert.That(link.WasClosed, Is.False, "behind a frame that is half sent nothing can be said");
        await link.Dropped;
    }

    [Test]
    public async Task A_dispose_while_the_client_connects_again_ends_all_that_waits()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        bench.Transport.Failure = new IOException("unreachable");
        link.Cut();
        await bench.NextAsync<RoomEvent.Interrupted>();
        Task leaving = bench.Connection.LeaveAsync(CancellationToken.None).AsTask();

        await bench.Connection.DisposeAsync().Soon();

        await leaving.Soon();
        Assert.That(await bench.EndAsync(), Is.Null);
    }

    [Test]
    public async Task A_loss_drops_the_link_without_a_word_so_that_the_seat_is_kept()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        link.SayEnd(EndCode.Failed);

        await link.Dropped;

        Assert.That(link.WasClosed, Is.False);
    }

    [TestCase(EndCode.Restarting)]
    [TestCase(EndCode.Failed)]
    [TestCase(EndCode.Replaced)]
    public async Task A_server_that_stops_fails_or_gave_the_seat_to_a_stray_attempt_is_connected_to_again(EndCode code)
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        link.SayEnd(code, "Back soon.");
        await bench.NextAsync<RoomEvent.Interrupted>();

        (_, ClientFrame first) = await bench.AgainAsync();

        Assert.That(first.Type, Is.EqualTo(ClientFrameType.Resume));
    }

    [TestCase(EndCode.Left)]
    [TestCase(EndCode.Refused)]
    [TestCase(EndCode.TooSlow)]
    [TestCase(EndCode.TooManyMessages)]
    [TestCase(EndCode.Malformed)]
    [TestCase(EndCode.TooLarge)]
    [TestCase(EndCode.TimedOut)]
    public async Task Any_other_end_is_a_loss_that_says_why(EndCode code)
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        link.SayEnd(code, "Because of that.");
        link.Close();

        RoomCallException? end = await bench.EndAsync();

        Assert.That(end?.Code, Is.EqualTo(RoomCallErrorCode.SignalingLost));
        Assert.That(end?.Message, Does.EndWith("The server says: Because of that."));
        Assert.That(bench.Transport.Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task An_end_of_a_later_version_is_a_loss()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        link.Say("""{"type":"end","code":"out of coffee"}""");

        Assert.That((await bench.EndAsync())?.Code, Is.EqualTo(RoomCallErrorCode.SignalingLost));
    }

    private static void AssertLost(Func<Task> action) =>
        Assert.That(action, Throws.TypeOf<RoomCallException>().With.Property(nameof(RoomCallException.Code)).EqualTo(RoomCallErrorCode.SignalingLost));
}
