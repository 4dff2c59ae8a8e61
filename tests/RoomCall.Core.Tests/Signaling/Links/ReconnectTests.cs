using RoomCall.Signaling;
using RoomCall.Signaling.Links;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Tests.Signaling.Links;

/// <summary>When a lost link is made again, and when no more.</summary>
internal sealed class ReconnectTests
{
    [Test]
    public async Task The_first_link_is_not_tried_twice()
    {
        LinkBench bench = new();
        bench.Transport.Failure = new IOException("nobody there");

        RoomCallException? error = await Assert.ThrowsAsync<RoomCallException>(() => bench.ConnectAsync());

        Assert.That((error!.Code, bench.Transport.Attempts), Is.EqualTo((RoomCallErrorCode.SignalingUnavailable, 1)));
        Assert.That(error.Message, Does.Contain("nobody there"));
    }

    [Test]
    public void A_cancelled_attempt_is_cancelled()
    {
        LinkBench bench = new();

        Assert.That(
            async () => await bench.Signaler.ConnectAsync("lobby", new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(bench.Transport.Attempts, Is.Zero);
    }

    [Test]
    public void A_room_whose_name_is_no_text_is_refused_at_once()
    {
        LinkBench bench = new();

        Assert.That(async () => await bench.Signaler.ConnectAsync("\ud800", CancellationToken.None), Throws.InstanceOf<ArgumentException>());
        Assert.That(bench.Transport.Attempts, Is.Zero);
    }

    [Test]
    public async Task The_policy_is_asked_with_the_number_the_time_and_the_error_and_waited_for()
    {
        List<ReconnectAttempt> asked = [];
        await using LinkBench bench = new(new() { Reconnect = new Policy(attempt => Remember(asked, attempt)) });
        ScriptedLink link = await bench.EnterAsync();
        bench.Transport.Failure = new IOException("unreachable");
        link.Cut();
        await bench.NextAsync<RoomEvent.Interrupted>();

        for (int i = 0; i < 2; i++)
        {
            await bench.PassUntilAsync(bench.Transport.Attempted.WaitAsync().Soon());
        }

        bench.Transport.Failure = null;
        await bench.AgainAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked.Select(attempt => attempt.Number), Is.EqualTo(new[] { 1, 2 }));
            Assert.That(asked[0].Elapsed, Is.EqualTo(TimeSpan.Zero));
            Assert.That(asked[1].Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
            Assert.That(asked.Select(attempt => attempt.Error.Message), Is.EqualTo(new[] { "The network is gone.", "unreachable" }));
        }
    }

    [Test]
    public async Task A_policy_that_gives_up_ends_the_events_with_the_last_error()
    {
        await using LinkBench bench = new(new() { Reconnect = new Policy(attempt => attempt.Number > 2 ? null : TimeSpan.Zero) });
        ScriptedLink link = await bench.EnterAsync();
        bench.Transport.Failure = new IOException("unreachable");
        link.Cut();
        await bench.NextAsync<RoomEvent.Interrupted>();

        RoomCallException? end = await bench.EndAsync();

        Assert.That((end?.Code, bench.Transport.Attempts), Is.EqualTo((RoomCallErrorCode.SignalingLost, 3)));
        Assert.That(end?.Message, Does.Contain("unreachable").And.Contain("2 attempts"));
        Assert.That(() => bench.SendAsync("1"), Throws.TypeOf<RoomCallException>());
        await bench.Connection.LeaveAsync(CancellationToken.None).Soon();
    }

    [Test]
    public async Task A_policy_that_throws_ends_the_events_too()
    {
        await using LinkBench bench = new(new() { Reconnect = new Policy(_ => throw new InvalidOperationException("broken policy")) });
        ScriptedLink link = await bench.EnterAsync();
        link.Cut();
        await bench.NextAsync<RoomEvent.Interrupted>();

        Assert.That((await bench.EndAsync())?.Message, Does.Contain("broken policy"));
    }

    [Test]
    public async Task How_the_server_closed_is_what_the_policy_is_told()
    {
        List<ReconnectAttempt> asked = [];
        await using LinkBench bench = new(new() { Reconnect = new Policy(attempt => Remember(asked, attempt)) });
        ScriptedLink link = await bench.EnterAsync();
        link.Close(1001, "going away");

        await bench.AgainAsync();

        Assert.That(asked.Single().Error.Message, Does.Contain("1001").And.Contain("going away"));
    }

    [Test]
    public async Task A_link_without_an_answer_is_lost_after_a_while()
    {
        await using LinkBench bench = new(new() { AnswerTimeout = TimeSpan.FromSeconds(3) });
        (ScriptedLink link, _) = await bench.CutAsync(await bench.EnterAsync());

        (ScriptedLink next, _) = await bench.AgainAsync();

        await link.Dropped;
        next.SayResumed(0);
        await bench.NextAsync<RoomEvent.Resumed>();
    }

    [Test]
    public async Task A_server_that_takes_every_link_and_loses_it_is_given_up()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        Task<RoomCallException?> ending = EndAsync(bench);
        while (!ending.IsCompleted)
        {
            link.Cut();
            Task<ScriptedLink> next = bench.Transport.NextAsync();
            await bench.PassUntilAsync(Task.WhenAny(next, ending));
            if (next.IsCompleted)
            {
                link = await next;
                link.SayResumed(0);
            }
        }

        Assert.That((await ending)?.Message, Does.Contain("could not be repaired"));
        Assert.That(bench.Transport.Attempts, Is.InRange(12, 60));
    }

    [Test]
    public async Task A_server_that_refuses_a_client_before_it_has_let_it_in_is_not_asked_again()
    {
        await using LinkBench bench = new();
        (ScriptedLink link, _) = await bench.ConnectAsync();

        link.Refuse();

        Assert.That((await bench.EndAsync())?.Code, Is.EqualTo(RoomCallErrorCode.SignalingUnavailable));
        Assert.That(bench.Transport.Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_refuses_a_client_whom_it_had_let_in_is_asked_again()
    {
        await using LinkBench bench = new();
        (ScriptedLink again, _) = await bench.CutAsync(await bench.EnterAsync());

        again.Refuse();

        (ScriptedLink third, ClientFrame resume) = await bench.AgainAsync();
        Assert.That(resume.Type, Is.EqualTo(ClientFrameType.Resume));
        third.SayResumed(0);
        await bench.NextAsync<RoomEvent.Resumed>();
    }

    [Test]
    public async Task A_server_that_says_nothing_is_pinged_and_its_silence_is_a_loss()
    {
        ResumingSignalerOptions options = new() { PingInterval = TimeSpan.FromSeconds(5), PingTimeout = TimeSpan.FromSeconds(2) };
        await using LinkBench bench = new(options);
        ScriptedLink link = await bench.EnterAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        await link.NextAfterAcksAsync(ClientFrameType.Ping);

        bench.Time.Advance(TimeSpan.FromSeconds(2));

        await link.Dropped;
        await bench.NextAsync<RoomEvent.Interrupted>();
    }

    [Test]
    public async Task A_server_that_answers_pings_is_kept()
    {
        ResumingSignalerOptions options = new() { PingInterval = TimeSpan.FromSeconds(5), PingTimeout = TimeSpan.FromSeconds(2) };
        await using LinkBench bench = new(options);
        ScriptedLink link = await bench.EnterAsync();
        for (int i = 0; i < 3; i++)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(5));
            await link.NextAfterAcksAsync(ClientFrameType.Ping);
            link.Say("""{"type":"pong"}""");
            link.Say(new RoomEvent.Message("you", "1"u8.ToArray()));
            await bench.NextAsync<RoomEvent.Message>();
            bench.Time.Advance(TimeSpan.FromSeconds(2));
        }

        link.Say(new RoomEvent.Message("you", "1"u8.ToArray()));
        await bench.NextAsync<RoomEvent.Message>();
    }

    [Test]
    public async Task A_link_that_takes_no_more_is_read_to_its_end_first()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        await link.CloseAsync();
        await bench.SendAsync("1");
        link.SayEnd(EndCode.TooSlow);

        Assert.That((await bench.EndAsync())?.Message, Does.Contain("too slowly"));
    }

    [Test]
    public async Task A_link_that_takes_no_more_and_says_nothing_is_lost_after_a_second()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        await link.CloseAsync();
        await bench.SendAsync("1");

        await bench.PassUntilAsync(link.Dropped);

        await bench.NextAsync<RoomEvent.Interrupted>();
    }

    internal static async Task<RoomCallException?> EndAsync(LinkBench bench)
    {
        try
        {
            while (true)
            {
                await bench.NextAsync<RoomEvent>();
            }
        }
        catch (RoomCallException exception)
        {
            return exception;
        }
    }

    private static TimeSpan Remember(List<ReconnectAttempt> asked, ReconnectAttempt attempt)
    {
        asked.Add(attempt);
        return TimeSpan.FromSeconds(1);
    }

    private sealed class Policy(Func<ReconnectAttempt, TimeSpan?> next) : IReconnectPolicy
    {
        public TimeSpan? NextDelay(ReconnectAttempt attempt) => next(attempt);
    }
}
