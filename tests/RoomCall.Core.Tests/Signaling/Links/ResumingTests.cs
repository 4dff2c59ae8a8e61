using RoomCall.Signaling;
using RoomCall.Signaling.Links;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Tests.Signaling.Links;

/// <summary>docs/protocol.md, Resuming: counting, acknowledging and tokens.</summary>
internal sealed class ResumingTests
{
    [Test]
    public async Task What_went_with_the_request_is_not_said_again()
    {
        await using LinkBench bench = new();
        bench.Transport.TakesFirst = true;
        (ScriptedLink link, ClientFrame first) = await bench.ConnectAsync("lobby");
        link.Say(new RoomEvent.Created("lobby", "me", []), LinkBench.Ticket);
        await bench.NextAsync<RoomEvent.Created>();
        Assert.That((await link.NextAsync(ClientFrameType.Ack)).Received, Is.EqualTo(1), "at once: the server knows then that it is heard");
        await bench.SendAsync("1");

        Assert.That((first.Type, first.Room), Is.EqualTo((ClientFrameType.CreateOrJoin, "lobby")));
        Assert.That(await link.NextTextAsync(), Is.EqualTo("1"));

        (link, ClientFrame resume) = await bench.CutAsync(link);
        link.SayResumed(1);
        await bench.NextAsync<RoomEvent.Resumed>();
        Assert.That((await link.NextAsync(ClientFrameType.Ack)).Received, Is.EqualTo(1));
        await bench.SendAsync("2");

        Assert.That((resume.Self, resume.Token, resume.Received), Is.EqualTo(("me", "first-token", 1)));
        Assert.That(await link.NextTextAsync(), Is.EqualTo("2"));
    }

    [Test]
    public async Task The_first_frame_asks_for_the_room_with_a_new_secret_and_the_name()
    {
        await using LinkBench bench = new(new() { Name = "Alice" });
        (_, ClientFrame first) = await bench.ConnectAsync("lobby");
        await using LinkBench other = new();
        (_, ClientFrame second) = await other.ConnectAsync("lobby");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.Type, first.Room, first.Name), Is.EqualTo((ClientFrameType.CreateOrJoin, "lobby", "Alice")));
            Assert.That(SignalingProtocol.IsSecret(first.Secret), Is.True);
            Assert.That(second.Secret, Is.Not.EqualTo(first.Secret));
            Assert.That(second.Name, Is.Null);
        }
    }

    [Test]
    public async Task A_loss_is_told_once_and_its_end_once()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, ClientFrame resume) = await bench.CutAsync(await bench.EnterAsync());
        link.Cut();
        (link, _) = await bench.AgainAsync();
        link.SayResumed(0);

        await bench.NextAsync<RoomEvent.Resumed>();

        Assert.That((resume.Room, resume.Self, resume.Token, resume.Received), Is.EqualTo(("lobby", "me", "first-token", 1L)));
    }

    [Test]
    public async Task What_the_server_had_not_got_is_sent_again_and_the_rest_is_not()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        foreach (string text in new[] { "1", "2", "3" })
        {
            await bench.SendAsync(text);
            await link.NextTextAsync();
        }

        (link, _) = await bench.CutAsync(link);
        await bench.SendAsync("4");
        link.SayResumed(received: 1);

        Assert.That(new[] { await link.NextTextAsync(), await link.NextTextAsync(), await link.NextTextAsync() }, Is.EqualTo(new[] { "2", "3", "4" }));
    }

    [Test]
    public async Task Nothing_counted_goes_out_before_the_server_has_answered()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, _) = await bench.ConnectAsync();
        await bench.SendAsync("1");
        link.Say("""{"type":"ping"}""");
        await link.NextAsync(ClientFrameType.Pong);

        link.Say(new RoomEvent.Created("lobby", "me", []), LinkBench.Ticket);

        Assert.That(await link.NextTextAsync(), Is.EqualTo("1"));
    }

    [Test]
    public async Task What_is_sent_as_the_next_link_comes_up_goes_out_behind_its_first_frame()
    {
        HookedClock clock = new();
        ScriptedTransport transport = new();
        await using IRoomConnection connection = await new ResumingSignaler(transport, null, clock).ConnectAsync("lobby", CancellationToken.None);
        ScriptedLink link = await transport.NextAsync();
        await link.NextAsync(ClientFrameType.CreateOrJoin);
        link.Say(new RoomEvent.Created("lobby", "me", []), LinkBench.Ticket);
        await connection.SendAsync("1"u8.ToArray(), null, CancellationToken.None);
        await link.NextTextAsync();

        // The clock is asked in the moment in which the new link can be reached already.
        clock.OnAsked = () => _ = connection.SendAsync("2"u8.ToArray(), null, CancellationToken.None).AsTask();
        link.Cut();
        ScriptedLink next = await transport.NextAsync();

        Assert.That((await next.NextAsync()).Type, Is.EqualTo(ClientFrameType.Resume));
        clock.OnAsked = null;
        next.SayEnd(EndCode.TooSlow);
    }

    [Test]
    public async Task Counted_are_all_frames_of_the_server_but_ack_ping_pong_resumed_and_end()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, _) = await bench.ConnectAsync();
        link.Say(new RoomEvent.Log(["one"])); // 1
        link.Say(new RoomEvent.Joined("lobby", "me", ["you"], "you", []), LinkBench.Ticket); // 2
        link.Say("""{"type":"ping"}""");
        link.Say("""{"type":"pong"}""");
        link.SayAck(0);
        link.Say(new RoomEvent.Message("you", "1"u8.ToArray())); // 3
        link.Say(new RoomEvent.Error(RoomErrorCode.UnknownPeer, "gone")); // 4
        link.Say("""{"type":"of a later version"}"""); // 5
        link.Say(new RoomEvent.Left("you", PeerLeftReason.Left, "me")); // 6
        await bench.NextAsync<RoomEvent.Log>();
        await bench.NextAsync<RoomEvent.Joined>();
        await bench.NextAsync<RoomEvent.Message>();
        await bench.NextAsync<RoomEvent.Error>();
        await bench.NextAsync<RoomEvent.Left>();

        (_, ClientFrame resume) = await bench.CutAsync(link);

        Assert.That(resume.Received, Is.EqualTo(6));
    }

    [Test]
    public async Task The_count_goes_on_over_a_resume()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, _) = await bench.CutAsync(await bench.EnterAsync());
        link.SayResumed(0);
        link.Say(new RoomEvent.Message("you", "1"u8.ToArray()));
        await bench.NextAsync<RoomEvent.Resumed>();
        await bench.NextAsync<RoomEvent.Message>();

        (_, ClientFrame resume) = await bench.CutAsync(link);

        Assert.That((resume.Received, resume.Token), Is.EqualTo((2, "second-token")));
    }

    [Test]
    public async Task A_token_whose_answer_was_never_heard_is_shown_again()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, _) = await bench.CutAsync(await bench.EnterAsync());
        link.Cut();

        (_, ClientFrame again) = await bench.AgainAsync();

        Assert.That((again.Type, again.Token), Is.EqualTo((ClientFrameType.Resume, "first-token")));
    }

    [Test]
    public async Task An_ack_is_due_after_32_frames()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        for (int i = 0; i < 63; i++)
        {
            link.Say(new RoomEvent.Message("you", "1"u8.ToArray()));
            await bench.NextAsync<RoomEvent.Message>();
        }

        Assert.That((await link.NextAsync(ClientFrameType.Ack)).Received, Is.EqualTo(32));
        Assert.That((await link.NextAsync(ClientFrameType.Ack)).Received, Is.EqualTo(64));
        Assert.That(link.TryNext(out _), Is.False);
    }

    [Test]
    public async Task What_has_come_is_acknowledged_in_two_seconds_at_the_latest_and_once()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        link.Say(new RoomEvent.Message("you", "1"u8.ToArray()));
        await bench.NextAsync<RoomEvent.Message>();

        bench.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.That((await link.NextAsync(ClientFrameType.Ack)).Received, Is.EqualTo(2));
        bench.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(link.TryNext(out _), Is.False);
    }

    [Test]
    public async Task An_ack_is_due_after_64_KiB()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();

        for (int i = 0; i < 2; i++)
        {
            link.Say(new RoomEvent.Message("you", Json(40_000)));
            await bench.NextAsync<RoomEvent.Message>();
        }

        Assert.That((await link.NextAsync(ClientFrameType.Ack)).Received, Is.EqualTo(3));
    }

    [Test]
    public async Task Sending_waits_while_too_much_is_not_acknowledged_and_keeps_the_order()
    {
        await using LinkBench bench = new(new() { SendBufferMessages = 64 });
        ScriptedLink link = await bench.EnterAsync();
        for (int i = 0; i < 64; i++)
        {
            await bench.SendAsync($"{i}");
        }

        Task waiting = bench.SendAsync("64");
        Task next = bench.SendAsync("65");
        Assert.That(waiting.IsCompleted, Is.False);
        link.SayAck(1);
        await waiting;
        Assert.That(next.IsCompleted, Is.False);
        link.SayAck(64);
        await next;

        for (int i = 0; i < 66; i++)
        {
            Assert.That(await link.NextTextAsync(), Is.EqualTo($"{i}"));
        }
    }

    [Test]
    public async Task Sending_waits_while_too_many_bytes_are_not_acknowledged()
    {
        await using LinkBench bench = new(new() { SendBufferBytes = 128 * 1024 });
        ScriptedLink link = await bench.EnterAsync();
        await bench.SendAsync(System.Text.Encoding.UTF8.GetString(Json(100_000)));
        await bench.SendAsync(System.Text.Encoding.UTF8.GetString(Json(100_000)));

        Task waiting = bench.SendAsync("3");
        Assert.That(waiting.IsCompleted, Is.False);
        await link.NextAsync();
        link.SayAck(1);

        await waiting;
    }

    [Test]
    public async Task A_send_whose_wait_is_cancelled_sends_nothing()
    {
        await using LinkBench bench = new(new() { SendBufferMessages = 64 });
        ScriptedLink link = await bench.EnterAsync();
        for (int i = 0; i < 64; i++)
        {
            await bench.SendAsync("0");
            await link.NextTextAsync();
        }

        using CancellationTokenSource cancellation = new();
        Task cancelled = bench.Connection.SendAsync("\"never\""u8.ToArray(), null, cancellation.Token).AsTask();
        Task next = bench.SendAsync("\"then this\"");
        await cancellation.CancelAsync();
        Assert.That(async () => await cancelled, Throws.InstanceOf<OperationCanceledException>());
        link.SayAck(64);
        await next;

        Assert.That(await link.NextTextAsync(), Is.EqualTo("\"then this\""));
    }

    [Test]
    public async Task A_message_that_waits_for_the_link_in_a_loss_arrives_after_it()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        link.Gate = new TaskCompletionSource().Task;
        await bench.SendAsync("1");
        await bench.SendAsync("2");

        (link, _) = await bench.CutAsync(link);
        link.SayResumed(0);

        Assert.That(new[] { await link.NextTextAsync(), await link.NextTextAsync() }, Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public async Task What_is_parked_is_in_order_with_what_is_sent()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        await bench.Connection.ParkAsync("1"u8.ToArray(), 7, CancellationToken.None).Soon();
        await bench.SendAsync("2");
        (link, _) = await bench.CutAsync(link);
        link.SayResumed(0);

        ClientFrame park = await link.NextAsync(ClientFrameType.Park);
        Assert.That((park.Generation, System.Text.Encoding.UTF8.GetString(park.Payload.Span)), Is.EqualTo((7, "1")));
        Assert.That(await link.NextTextAsync(), Is.EqualTo("2"));
    }

    [Test]
    public async Task A_payload_that_is_kept_is_not_changed_by_what_the_link_receives_next()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        link.Say(new RoomEvent.Message("you", "\"first\""u8.ToArray()));
        RoomEvent.Message first = await bench.NextAsync<RoomEvent.Message>();
        link.Say(new RoomEvent.Message("you", "\"other\""u8.ToArray()));
        await bench.NextAsync<RoomEvent.Message>();

        Assert.That(first.Payload.ToArray(), Is.EqualTo("\"first\""u8.ToArray()));
    }

    private static byte[] Json(int length) => [(byte)'"', .. Enumerable.Repeat((byte)'a', length - 2), (byte)'"'];

    private sealed class HookedClock : TimeProvider
    {
        public Action? OnAsked { get; set; }

        public override long GetTimestamp()
        {
            OnAsked?.Invoke();
            return base.GetTimestamp();
        }
    }
}
