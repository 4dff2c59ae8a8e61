using RoomCall.Signaling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Tests.Signaling.Links;

/// <summary>docs/protocol.md, Resuming: the secret, and a server that has forgotten.</summary>
internal sealed class ForgottenStayTests
{
    [Test]
    public async Task A_link_that_ended_before_the_answer_is_made_again_with_the_same_request()
    {
        await using LinkBench bench = new(new() { Name = "Alice" });
        (ScriptedLink link, ClientFrame first) = await bench.ConnectAsync();
        link.Cut();

        (link, ClientFrame again) = await bench.AgainAsync();
        link.Say(new RoomEvent.Created("lobby", "me", []), LinkBench.Ticket);

        Assert.That(again, Is.EqualTo(first));
        await bench.NextAsync<RoomEvent.Created>();
    }

    [Test]
    public async Task A_log_that_is_told_again_with_the_answer_is_heard_once()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, _) = await bench.ConnectAsync();
        link.Say(new RoomEvent.Log(["one"]));
        await bench.NextAsync<RoomEvent.Log>();
        link.Cut();
        (link, _) = await bench.AgainAsync();
        link.Say(new RoomEvent.Log(["one"]));
        link.Say(new RoomEvent.Log(["two"]));
        link.Say(new RoomEvent.Created("lobby", "me", []), LinkBench.Ticket);

        Assert.That((await bench.NextAsync<RoomEvent.Log>()).Lines, Is.EqualTo(new[] { "two" }));
        await bench.NextAsync<RoomEvent.Created>();
        (_, ClientFrame resume) = await bench.CutAsync(link);
        Assert.That(resume.Received, Is.EqualTo(3));
    }

    [Test]
    public async Task A_server_that_has_forgotten_is_asked_again_at_once_with_the_same_secret()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, ClientFrame first) = await bench.ConnectAsync();
        link.Say(new RoomEvent.Created("lobby", "me", []), LinkBench.Ticket);
        await bench.NextAsync<RoomEvent.Created>();
        (link, _) = await bench.CutAsync(link);

        link.Say(new RoomEvent.Error(RoomErrorCode.UnknownStay, "never heard of"));
        ScriptedLink next = await bench.Transport.NextAsync();

        Assert.That(await next.NextAsync(), Is.EqualTo(first));
        await link.Dropped;
    }

    [Test]
    public async Task The_answer_comes_in_the_place_of_resumed_and_both_counts_begin_anew()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        await bench.SendAsync("1");
        await bench.SendAsync("2");
        link = await ForgetAsync(bench, link);
        await bench.SendAsync("3");
        link.Say(new RoomEvent.Joined("lobby", "me", ["you"], "you", []), LinkBench.Ticket);
        await bench.NextAsync<RoomEvent.Joined>();

        await bench.SendAsync("4");
        Assert.That(await link.NextTextAsync(), Is.EqualTo("4"), "what was under way is dropped");
        link.SayAck(1);
        (_, ClientFrame resume) = await bench.CutAsync(link);
        Assert.That((resume.Received, resume.Token), Is.EqualTo((1L, "first-token")));
    }

    [Test]
    public async Task One_who_waits_to_send_is_let_go_when_the_server_has_forgotten()
    {
        await using LinkBench bench = new(new() { SendBufferMessages = 64 });
        ScriptedLink link = await bench.EnterAsync();
        for (int i = 0; i < 64; i++)
        {
            await bench.SendAsync("0");
        }

        Task waiting = bench.SendAsync("1");
        link = await ForgetAsync(bench, link);
        link.Say(new RoomEvent.Created("lobby", "me", []), LinkBench.Ticket);

        await waiting;
        await bench.SendAsync("\"new\"");
        Assert.That(await link.NextTextAsync(), Is.EqualTo("\"new\""));
    }

    [Test]
    public async Task A_server_that_keeps_no_seat_is_asked_for_the_room_again()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, ClientFrame first) = await bench.ConnectAsync();
        link.Say(new RoomEvent.Created("lobby", "me", []));
        await bench.NextAsync<RoomEvent.Created>();
        link.Cut();
        await bench.NextAsync<RoomEvent.Interrupted>();

        (link, ClientFrame again) = await bench.AgainAsync();
        link.Say(new RoomEvent.Created("lobby", "me", []));

        Assert.That(again, Is.EqualTo(first));
        await bench.NextAsync<RoomEvent.Created>();
    }

    [Test]
    public async Task Another_id_within_a_stay_is_no_answer()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await ForgetAsync(bench, await bench.EnterAsync());

        link.Say(new RoomEvent.Created("lobby", "somebody else", []), LinkBench.Ticket);

        Assert.That((await bench.EndAsync())?.Code, Is.EqualTo(RoomCallErrorCode.Malformed));
    }

    [Test]
    public async Task A_room_that_is_full_by_then_is_told_and_ends_the_stay()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await ForgetAsync(bench, await bench.EnterAsync());

        link.Say(new RoomEvent.Full("lobby"));

        await bench.NextAsync<RoomEvent.Full>();
        Assert.That(await bench.EndAsync(), Is.Null);
    }

    [Test]
    public async Task A_refusal_by_then_is_told_with_the_servers_reason_and_ends_the_stay()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await ForgetAsync(bench, await bench.EnterAsync());

        link.Say(new RoomEvent.Error(RoomErrorCode.NotAllowed, "Not on Sundays."));

        Assert.That((await bench.NextAsync<RoomEvent.Error>()).Code, Is.EqualTo(RoomErrorCode.NotAllowed));
        Assert.That(await bench.EndAsync(), Is.Null);
    }

    [Test]
    public async Task A_stay_that_the_server_still_takes_for_live_is_asked_for_until_it_is_not()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, _) = await bench.ConnectAsync();

        await AskUntilItIsNotLiveAsync(bench, link);
    }

    [Test]
    public async Task One_who_was_up_and_is_still_taken_for_live_on_another_link_asks_until_it_is_not()
    {
        await using LinkBench bench = new();
        await AskUntilItIsNotLiveAsync(bench, await ForgetAsync(bench, await bench.EnterAsync()));
    }

    [Test]
    public async Task A_server_that_forgets_and_loses_every_link_is_given_up()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        Task<RoomCallException?> ending = ReconnectTests.EndAsync(bench);
        while (!ending.IsCompleted)
        {
            link.Cut();
            Task<ScriptedLink> next = bench.Transport.NextAsync();
            await bench.PassUntilAsync(Task.WhenAny(next, ending));
            if (!next.IsCompleted)
                continue;

            link = await next;
            link.Say(new RoomEvent.Error(RoomErrorCode.UnknownStay, "never heard of"));
            link = await bench.Transport.NextAsync();
            link.Say(new RoomEvent.Created("lobby", "me", []), LinkBench.Ticket);
        }

        Assert.That((await ending)?.Message, Does.Contain("could not be repaired"));
        Assert.That(bench.Transport.Attempts, Is.InRange(20, 130));
    }

    /// <summary>The link is cut, and the server takes it for live when it is asked the next time, and not the time after.</summary>
    private static async Task AskUntilItIsNotLiveAsync(LinkBench bench, ScriptedLink link)
    {
        link.Cut();
        (link, _) = await bench.AgainAsync();
        link.Say(new RoomEvent.Error(RoomErrorCode.AlreadyJoined, "It is up."));

        (link, ClientFrame again) = await bench.AgainAsync();
        link.Say(new RoomEvent.Created("lobby", "me", []), LinkBench.Ticket);

        Assert.That(again.Type, Is.EqualTo(ClientFrameType.CreateOrJoin));
        await bench.NextAsync<RoomEvent.Created>();
    }

    /// <summary>The link is cut, and the server has forgotten the stay.</summary>
    /// <returns>The link on which the client has asked for the room again.</returns>
    private static async Task<ScriptedLink> ForgetAsync(LinkBench bench, ScriptedLink link)
    {
        (link, _) = await bench.CutAsync(link);
        link.Say(new RoomEvent.Error(RoomErrorCode.UnknownStay, "never heard of"));
        ScriptedLink next = await bench.Transport.NextAsync();
        await next.NextAsync(ClientFrameType.CreateOrJoin);
        return next;
    }
}
