using RoomCall.DataChannels;

namespace RoomCall.Tests.DataChannels;

internal sealed class LifecycleTests : ChannelFixture
{
    [Test]
    public void It_has_the_label_and_the_options_that_it_was_made_with()
    {
        Assert.That(Channel.Label, Is.EqualTo("sendDataChannel"));
        Assert.That(Channel.Options, Is.SameAs(DataChannelOptions.Reliable));
        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Connecting));
    }

    [Test]
    public async Task S23_observers_see_the_state_now_then_every_change_then_the_completion()
    {
        Recorder<DataChannelState> observer = new();
        Channel.States.Subscribe(observer);
        Assert.That(observer.Values, Is.EqualTo([DataChannelState.Connecting]));
        Open();
        Transport.Closed();
        await observer.Completed.Soon();

        Assert.That(observer.Values, Is.EqualTo(
            [DataChannelState.Connecting, DataChannelState.Open, DataChannelState.Closing, DataChannelState.Closed]));
        Recorder<DataChannelState> late = new();
        Channel.States.Subscribe(late);
        Assert.That(late.Values, Is.EqualTo([DataChannelState.Closed]));
        Assert.That(late.Completions, Is.EqualTo(1));
    }

    [Test]
    public async Task S23_sending_is_possible_only_until_the_channel_begins_to_close()
    {
        Open();
        await Channel.SendAsync("open").Soon();
        Transport.Closing();
        Assert.That((await FailureOf(Channel.SendAsync("closing"))).Code, Is.EqualTo(RoomCallErrorCode.DataChannelClosed));
        Transport.Closed();
        Assert.That((await FailureOf(Channel.SendAsync("closed"))).Code, Is.EqualTo(RoomCallErrorCode.DataChannelClosed));
    }

    [Test]
    public async Task State_observers_that_throw_or_block_harm_nobody()
    {
        using ManualResetEventSlim blocked = new();
        Recorder<DataChannelState> bad = new(state =>
        {
            if (state != DataChannelState.Connecting)
            {
                blocked.Wait();
                throw new InvalidOperationException();
            }
        });
        Recorder<DataChannelState> good = new();
        Channel.States.Subscribe(bad);
        Channel.States.Subscribe(good);
        Open();
        Transport.Closed();
        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Closed), "the engine was not held up");
        blocked.Set();
        await good.Completed.Soon();

        Assert.That(good.Values, Has.Count.EqualTo(4));
        Assert.That(Logger.Entries.Count(entry => entry.Id == 1300), Is.EqualTo(3));
    }

    [Test]
    public void The_owner_is_told_every_move_in_order_after_the_state_has_moved()
    {
        List<DataChannelState> moves = [];
        MakeChannel(Defaults, (channel, state) =>
        {
            Assert.That(channel.State, Is.EqualTo(state));
            moves.Add(state);
        });
        Open();
        Transport.Closed();

        Assert.That(moves, Is.EqualTo([DataChannelState.Open, DataChannelState.Closing, DataChannelState.Closed]));
    }

    [Test]
    public void It_is_attached_once()
    {
        Channel.Attach(Transport);

        Assert.That(() => Channel.Attach(new FakeTransport()), Throws.InvalidOperationException);
    }

    [Test]
    public void A_channel_that_the_other_side_opened_is_open_when_attached()
    {
        Transport.State = DataChannelState.Open;
        Channel.Attach(Transport);

        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Open));
    }

    [Test]
    public async Task Waiting_for_open_ends_when_it_is_and_at_once_while_it_is()
    {
        Task waiting = Channel.WhenOpenAsync();
        Assert.That(waiting.IsCompleted, Is.False);
        Open();
        await waiting.Soon();

        Assert.That(Channel.WhenOpenAsync().IsCompletedSuccessfully);
    }

    [Test]
    public async Task Waiting_for_open_fails_when_the_channel_closes_before()
    {
        Task waiting = Channel.WhenOpenAsync();
        TimeoutException reason = new();
        Channel.Abort(reason);

        RoomCallException failure = await FailureOf(waiting);
        Assert.That(failure.Code, Is.EqualTo(RoomCallErrorCode.DataChannelClosed));
        Assert.That(failure.InnerException, Is.SameAs(reason));
        Assert.That((await FailureOf(Channel.WhenOpenAsync())).Code, Is.EqualTo(RoomCallErrorCode.DataChannelClosed));
    }

    [Test]
    public void Waiting_for_open_can_be_cancelled()
    {
        using CancellationTokenSource cancel = new();
        Task waiting = Channel.WhenOpenAsync(cancel.Token);
        cancel.Cancel();

        Assert.That(async () => await waiting.Soon(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Closing_sends_what_waits_first()
    {
        MakeChannel(Defaults with { SendBufferLimit = 4 });
        Open();
        await Channel.SendAsync("full").Soon();
        Task waiting = Channel.SendAsync("waits").AsTask();
        Task closing = Channel.CloseAsync();
        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Closing));
        Assert.That(Transport.CloseCalled.Task.IsCompleted, Is.False);
        Assert.That((await FailureOf(Channel.SendAsync("late"))).Code, Is.EqualTo(RoomCallErrorCode.DataChannelClosed));

        Transport.Drain();
        await waiting.Soon();
        await closing.Soon();
        Assert.That(Transport.Sent.Select(message => message.Text), Is.EqualTo(["full", "waits"]));
        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Closed));
    }

    [Test]
    public async Task Closing_while_connecting_sends_what_was_queued_once_it_opens()
    {
        await Channel.SendAsync("queued").Soon();
        Channel.Attach(Transport);
        Task opening = Channel.WhenOpenAsync();
        Task closing = Channel.CloseAsync();
        Assert.That((await FailureOf(opening)).Code, Is.EqualTo(RoomCallErrorCode.DataChannelClosed));
        Transport.Open();
        await closing.Soon();

        Assert.That(Transport.Sent.Single().Text, Is.EqualTo("queued"));
    }

    [Test]
    public async Task Closing_goes_on_when_the_last_waiting_send_is_cancelled()
    {
        MakeChannel(Defaults with { SendBufferLimit = 4 });
        Open();
        await Channel.SendAsync("full").Soon();
        using CancellationTokenSource cancel = new();
        _ = Channel.SendAsync("waits", cancel.Token).AsTask();
        Task closing = Channel.CloseAsync();
        await cancel.CancelAsync();

        await closing.Soon();
    }

    [Test]
    public async Task Closing_a_channel_that_was_never_attached_closes_it_at_once_and_what_is_attached_later()
    {
        await Channel.SendAsync("queued").Soon();
        await Channel.CloseAsync().Soon();
        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Closed));
        Assert.That(Logger.Entries.Single().Id, Is.EqualTo(1310));

        Channel.Attach(Transport);
        Assert.That(Transport.CloseCalled.Task.IsCompleted);
        Transport.Open();
        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Closed));
        Assert.That(Transport.Sent, Is.Empty);
    }

    [Test]
    public async Task Cancelling_a_close_ends_the_wait_and_not_the_closing()
    {
        Open();
        Transport.ClosesAtOnce = false;
        Task closing = Channel.CloseAsync(new CancellationToken(canceled: true));
        Assert.That(async () => await closing.Soon(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Transport.CloseCalled.Task.IsCompleted);

        Task again = Channel.CloseAsync();
        Assert.That(again.IsCompleted, Is.False);
        Transport.Closed();
        await again.Soon();
    }

    [Test]
    public async Task Closing_twice_and_disposing_are_the_same()
    {
        Open();
        await Channel.DisposeAsync().Soon();
        await Channel.CloseAsync().Soon();
        await Channel.DisposeAsync().Soon();

        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Closed));
    }

    [Test]
    public async Task A_close_ends_when_the_channel_is_cut_off_meanwhile()
    {
        Open();
        Transport.ClosesAtOnce = false;
        Task closing = Channel.CloseAsync();
        Transport.Closed(new IOException());

        await closing.Soon();
    }

    [Test]
    public async Task Aborting_closes_at_once_fails_what_waits_and_tells_readers_after_what_arrived()
    {
        MakeChannel(Defaults with { SendBufferLimit = 4 });
        Open();
        await Channel.SendAsync("full").Soon();
        await Transport.Receive("arrived").Soon();
        Task waiting = Channel.SendAsync("waits").AsTask();
        IOException reason = new("gone");
        Channel.Abort(reason);
        Channel.Abort(null);

        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Closed));
        Assert.That((await FailureOf(waiting)).InnerException, Is.SameAs(reason));
        (List<DataMessage> messages, RoomCallException? failure) = await ReadToEnd().Soon();
        Assert.That(messages.Single().Text, Is.EqualTo("arrived"));
        Assert.That(failure!.Code, Is.EqualTo(RoomCallErrorCode.DataChannelClosed));
        Assert.That(failure.InnerException, Is.SameAs(reason));
        Assert.That(Transport.CloseCalled.Task.IsCompleted);
    }

    [Test]
    public async Task Aborting_without_an_error_is_a_normal_end_for_readers()
    {
        Task<(List<DataMessage>, RoomCallException? Failure)> reading = ReadToEnd();
        Channel.Abort(null);

        Assert.That((await reading.Soon()).Failure, Is.Null);
        Assert.That((await FailureOf(Channel.SendAsync("late"))).Code, Is.EqualTo(RoomCallErrorCode.DataChannelClosed));
    }

    [Test]
    public void Messages_after_the_end_are_dropped_and_hold_nobody_up()
    {
        MakeChannel(Defaults with { ReceiveBufferLimit = 1 });
        Open();
        Task held = Transport.Receive("held");
        Channel.Abort(null);

        Assert.That(held.IsCompletedSuccessfully);
        Assert.That(Transport.Receive("after").IsCompletedSuccessfully);
    }

    [Test]
    public void A_stream_is_given_once_and_only_by_a_reliable_ordered_channel()
    {
        Channel.AsStream();
        Assert.That(() => Channel.AsStream(), Throws.InvalidOperationException);
        foreach (DataChannelOptions options in (DataChannelOptions[])[new() { Ordered = false }, new() { MaxRetransmits = 3 }])
        {
            CallDataChannel other = new("x", options, Defaults, Logger);
            Assert.That(() => other.AsStream(), Throws.InvalidOperationException);
        }
    }

    [Test]
    public async Task D10_what_a_transport_that_was_taken_away_still_tells_is_not_heard([Values] bool endsWithError)
    {
        Channel.Attach(Transport);
        await Channel.SendAsync("waits").Soon();
        Assert.That(Channel.TryDetach(), Is.True);

        Transport.Open();
        await Transport.Receive("late").Soon();
        Transport.Closed(endsWithError ? new IOException("gone") : null);

        Assert.That(Channel.State, Is.EqualTo(DataChannelState.Connecting));
        FakeTransport next = new();
        Channel.Attach(next);
        next.Open();
        await next.WhenSent(1).Soon();
        await next.Receive("in time").Soon();
        Assert.That(next.Sent.Single().Text, Is.EqualTo("waits"));
        Assert.That((await Channel.ReceiveAsync().Soon()).Text, Is.EqualTo("in time"));
    }
}
