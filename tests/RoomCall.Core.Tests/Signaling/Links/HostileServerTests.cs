using RoomCall.Signaling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Tests.Signaling.Links;

/// <summary>A server that is none, or that means harm: a typed end, never a crash and never a hang.</summary>
internal sealed class HostileServerTests
{
    private static readonly string[] NoFrames =
    [
        "", "null", "[]", "{}", "{", "\u0000", "hello", "{\"type\":1}", "{\"type\":\"message\"}", "{\"type\":\"ack\",\"received\":-1}",
        "{\"type\":\"end\"}", "{\"type\":\"joined\"}", new string('[', 1000),
    ];

    private static readonly string[] OutOfTurn =
    [
        """{"type":"created","room":"lobby","self":"me"}""",
        """{"type":"joined","room":"lobby","self":"me","peers":["you"],"initiator":"you"}""",
        """{"type":"full","room":"lobby"}""",
        """{"type":"resumed","received":0,"token":"t"}""",
        """{"type":"ack","received":1}""",
        """{"type":"ack","received":9007199254740991}""",
    ];

    private static readonly string[] BeforeTheAnswer =
    [
        """{"type":"ack","received":0}""",
        """{"type":"resumed","received":0,"token":"t"}""",
        """{"type":"join","peer":"you","initiator":"me"}""",
        """{"type":"message","from":"you","payload":1}""",
        """{"type":"left","peer":"you","reason":"left","initiator":"me"}""",
    ];

    private static readonly string[] BeforeResumed =
    [
        """{"type":"ack","received":0}""",
        """{"type":"message","from":"you","payload":1}""",
        """{"type":"created","room":"lobby","self":"me"}""",
        """{"type":"resumed","received":1,"token":"t"}""",
        """{"type":"log","lines":["hello"]}""",
    ];

    [TestCaseSource(nameof(NoFrames))]
    [TestCaseSource(nameof(OutOfTurn))]
    public async Task What_is_no_frame_or_out_of_turn_ends_the_stay(string frame)
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        link.Say(frame);

        await AssertMalformedAsync(bench, link);
    }

    [TestCaseSource(nameof(NoFrames))]
    [TestCaseSource(nameof(BeforeTheAnswer))]
    public async Task So_it_does_before_the_answer(string frame)
    {
        await using LinkBench bench = new();
        (ScriptedLink link, _) = await bench.ConnectAsync();
        link.Say(frame);

        await AssertMalformedAsync(bench, link);
    }

    [TestCaseSource(nameof(NoFrames))]
    [TestCaseSource(nameof(BeforeResumed))]
    public async Task So_it_does_before_the_resumed(string frame)
    {
        await using LinkBench bench = new();
        (ScriptedLink link, _) = await bench.CutAsync(await bench.EnterAsync());
        link.Say(frame);

        await AssertMalformedAsync(bench, link);
    }

    [Test]
    public async Task A_server_that_has_had_less_than_it_said_ends_the_stay()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        await bench.SendAsync("1");
        await bench.SendAsync("2");
        await link.NextTextAsync();
        await link.NextTextAsync();
        link.SayAck(2);
        link.SayAck(1);

        await AssertMalformedAsync(bench, link);
    }

    [Test]
    public async Task A_frame_that_was_not_sent_cannot_have_come()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, _) = await bench.ConnectAsync();
        await bench.SendAsync("1");
        link.Cut();
        (link, _) = await bench.AgainAsync();
        link.Say(new RoomEvent.Created("lobby", "me", []), LinkBench.Ticket);
        await bench.NextAsync<RoomEvent.Created>();
        await link.NextTextAsync();
        link.SayAck(2);

        await AssertMalformedAsync(bench, link);
    }

    [Test]
    public async Task A_frame_of_a_later_version_before_resumed_is_passed_over()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, _) = await bench.CutAsync(await bench.EnterAsync());
        link.Say("""{"type":"welcome"}""");
        link.SayResumed(0);
        await bench.NextAsync<RoomEvent.Resumed>();

        (_, ClientFrame resume) = await bench.CutAsync(link);

        Assert.That(resume.Received, Is.EqualTo(1));
    }

    [Test]
    public async Task A_log_without_end_before_the_answer_ends_the_stay()
    {
        await using LinkBench bench = new(new() { ReceiveBufferEvents = 1000 });
        (ScriptedLink link, _) = await bench.ConnectAsync();
        for (int i = 0; i < 101; i++)
        {
            link.Say(new RoomEvent.Log([$"{i}"]));
        }

        for (int i = 0; i < 101; i++)
        {
            await bench.NextAsync<RoomEvent.Log>();
        }

        Assert.That((await bench.EndAsync())?.Code, Is.EqualTo(RoomCallErrorCode.Malformed));
    }

    [Test]
    public async Task A_flood_of_pings_is_not_answered_in_kind()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        TaskCompletionSource gate = new();
        link.Gate = gate.Task;
        for (int i = 0; i < 1000; i++)
        {
            link.Say("""{"type":"ping"}""");
        }

        link.Say(new RoomEvent.Message("you", "1"u8.ToArray()));
        await bench.NextAsync<RoomEvent.Message>();
        gate.SetResult();
        await bench.SendAsync("\"after\"");

        int pongs = 0;
        ClientFrame next;
        for (next = await link.NextAsync(); next.Type == ClientFrameType.Pong; next = await link.NextAsync())
        {
            pongs++;
        }

        Assert.That((next.Type, pongs), Is.EqualTo((ClientFrameType.Ack, 2)).Or.EqualTo((ClientFrameType.Message, 2)));
    }

    [Test]
    public async Task A_link_is_read_no_further_while_nobody_reads_the_events()
    {
        await using LinkBench bench = new(new() { ReceiveBufferEvents = 10 });
        ScriptedLink link = await bench.EnterAsync();
        for (int i = 0; i < 1000; i++)
        {
            link.Say(new RoomEvent.Message("you", System.Text.Encoding.UTF8.GetBytes($"{i}")));
        }

        RoomEvent.Message first = await bench.NextAsync<RoomEvent.Message>();
        await bench.SendAsync("1");
        await link.NextTextAsync();

        Assert.That(first.Payload.ToArray(), Is.EqualTo("0"u8.ToArray()));
        Assert.That(link.Waiting, Is.GreaterThan(980));
        for (int i = 1; i < 1000; i++)
        {
            Assert.That(System.Text.Encoding.UTF8.GetString((await bench.NextAsync<RoomEvent.Message>()).Payload.Span), Is.EqualTo($"{i}"));
        }
    }

    [Test]
    public async Task Losses_that_nobody_reads_of_are_not_piled_up()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        for (int i = 0; i < 3; i++)
        {
            link.Cut();
            (link, _) = await bench.AgainAsync();
            link.SayResumed(0);
        }

        link.Say(new RoomEvent.Message("you", "1"u8.ToArray()));

        await bench.NextAsync<RoomEvent.Interrupted>();
        await bench.NextAsync<RoomEvent.Resumed>();
        await bench.NextAsync<RoomEvent.Message>();
    }

    private static async Task AssertMalformedAsync(LinkBench bench, ScriptedLink link)
    {
        RoomCallException? end = await bench.EndAsync();
        Assert.That(end?.Code, Is.EqualTo(RoomCallErrorCode.Malformed));
        await link.Closed;
        Assert.That(
            () => bench.SendAsync("1"),
            Throws.TypeOf<RoomCallException>().With.Property(nameof(RoomCallException.Code)).EqualTo(RoomCallErrorCode.SignalingLost));
    }
}
