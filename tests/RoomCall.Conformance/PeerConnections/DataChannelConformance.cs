using RoomCall.DataChannels;

namespace RoomCall.Conformance;

/// <summary>Data channels (book rows S18, S22, S23; RFC 8831).</summary>
public abstract class DataChannelConformance : PeerConnectionConformance
{
    [Test]
    public async Task The_channel_of_the_offerer_opens_on_both_sides()
    {
        await using TestCall call = await CallAsync();
        (TestChannel near, TestChannel far) = await call.OpenAsync(new() { Protocol = "chat" }).WaitAsync(Patience);

        Assert.That(near.Transport.State, Is.EqualTo(DataChannelState.Open));
        Assert.That(far.Transport.State, Is.EqualTo(DataChannelState.Open));
        Assert.That(far.Transport.Label, Is.EqualTo(TestCall.Label));
        Assert.That(far.Transport.Options, Is.EqualTo(new DataChannelOptions { Protocol = "chat" }));
        Assert.That(near.Transport.MaxMessageSize, Is.GreaterThanOrEqualTo(16 * 1024));
    }

    [Test]
    public async Task Both_sides_know_an_open_channel_by_the_same_id_which_no_other_has()
    {
        await using TestCall call = await CallAsync();
        (TestChannel, TestChannel)[] channels =
        [
            await call.OpenAsync().WaitAsync(Patience),
            await call.OpenAsync(label: "second").WaitAsync(Patience),
            await call.OpenAsync(label: "third").WaitAsync(Patience),
        ];

        int?[] near = [.. channels.Select(static channel => channel.Item1.Transport.Id)];
        int?[] far = [.. channels.Select(static channel => channel.Item2.Transport.Id)];
        Assert.That(far, Is.EqualTo(near));
        Assert.That(near.OfType<int>(), Is.Unique.And.All.InRange(0, 65_534));
        Assert.That(Capabilities.DataChannelClose || !near.Contains(null), "without an id nobody can tell of its closing");
    }

    [Test]
    public async Task Before_it_is_open_a_channel_refuses_to_send()
    {
        await using TestPeer peer = await PeerAsync();
        IDataChannelTransport channel = peer.Connection.CreateDataChannel(TestCall.Label, DataChannelOptions.Reliable);
        Assert.That(channel.State, Is.EqualTo(DataChannelState.Connecting));
        Assert.That(() => channel.Send(DataMessage.FromText("early")), Throws.InvalidOperationException);
    }

    [Test]
    public async Task Texts_and_bytes_and_empty_messages_arrive_as_they_were_sent()
    {
        await using TestCall call = await CallAsync();
        (TestChannel near, TestChannel far) = await call.OpenAsync().WaitAsync(Patience);
        DataMessage[] messages =
        [
            DataMessage.FromText("Grüße, 世界 🌍"), DataMessage.FromBytes(new byte[] { 0, 255, 13, 10 }),
            DataMessage.FromText(""), DataMessage.FromBytes(default),
        ];

        foreach (DataMessage message in messages)
        {
            near.Transport.Send(message);
            far.Transport.Send(message);
        }

        await far.Messages.CountAsync(messages.Length).WaitAsync(Patience);
        await near.Messages.CountAsync(messages.Length).WaitAsync(Patience);
        Assert.That(far.Messages.All, Is.EqualTo(messages));
        Assert.That(near.Messages.All, Is.EqualTo(messages));
    }

    [Test]
    public async Task A_thousand_messages_arrive_once_each_and_in_order()
    {
        await using TestCall call = await CallAsync();
        (TestChannel near, TestChannel far) = await call.OpenAsync().WaitAsync(Patience);
        for (int i = 0; i < 1000; i++) near.Transport.Send(DataMessage.FromText($"{i}"));
        await far.Messages.CountAsync(1000).WaitAsync(Patience);
        Assert.That(far.Messages.All.Select(static message => message.Text), Is.EqualTo(Enumerable.Range(0, 1000).Select(static i => $"{i}")));
        Assert.That(far.Overlapped, Is.False);
    }

    [Test]
    public async Task What_arrives_before_the_observer_is_attached_waits_for_it()
    {
        await using TestCall call = await CallAsync();
        TestChannel near = new(call.Offerer.Connection.CreateDataChannel(TestCall.Label, DataChannelOptions.Reliable));
        await call.NegotiateAsync().WaitAsync(Patience);
        IDataChannelTransport opened = await call.Answerer.Channels.FirstAsync().WaitAsync(Patience);
        await near.WhenOpen.WaitAsync(Patience);
        near.Transport.Send(DataMessage.FromText("early bird"));

        TestChannel far = new(opened);
        Assert.That((await far.Messages.FirstAsync().WaitAsync(Patience)).Text, Is.EqualTo("early bird"));
        Assert.That(far.Events.All, Is.EqualTo(new[] { "open", "message" }));
    }

    [Test]
    public async Task A_message_of_the_largest_size_arrives_and_a_larger_one_is_refused()
    {
        await using TestCall call = await CallAsync();
        (TestChannel near, TestChannel far) = await call.OpenAsync().WaitAsync(Patience);
        byte[] largest = new byte[near.Transport.MaxMessageSize];
        largest[^1] = 42;
        near.Transport.Send(DataMessage.FromBytes(largest));
        Assert.That((await far.Messages.FirstAsync().WaitAsync(Patience)).Data.ToArray(), Is.EqualTo(largest));
        Assert.That(() => near.Transport.Send(DataMessage.FromBytes(new byte[largest.Length + 1])), Throws.ArgumentException);
    }

    [Test]
    public async Task A_channel_made_while_connected_opens_too()
    {
        await using TestCall call = await CallAsync();
        await call.OpenAsync().WaitAsync(Patience);
        (TestChannel near, TestChannel far) = await call.OpenAsync(label: "second").WaitAsync(Patience);
        far.Transport.Send(DataMessage.FromText("on the second"));
        Assert.That((await near.Messages.FirstAsync().WaitAsync(Patience)).Text, Is.EqualTo("on the second"));
    }

    [Test]
    public async Task The_answerer_opens_channels_as_well()
    {
        await using TestCall call = await CallAsync();
        await call.OpenAsync().WaitAsync(Patience);
        TestChannel own = new(call.Answerer.Connection.CreateDataChannel("of the answerer", DataChannelOptions.Reliable));
        await own.WhenOpen.WaitAsync(Patience);
        await call.Offerer.Channels.FirstAsync(static channel => channel.Label == "of the answerer").WaitAsync(Patience);
    }

    [Test]
    public async Task An_unreliable_channel_tells_its_options_or_is_refused()
    {
        DataChannelOptions options = new() { Ordered = false, MaxRetransmits = 0 };
        await using TestCall call = await CallAsync();
        if (!Capabilities.UnreliableDataChannels)
        {
            Assert.That(() => call.Offerer.Connection.CreateDataChannel("loose", options), Throws.InstanceOf<NotSupportedException>());
            return;
        }

        (_, TestChannel far) = await call.OpenAsync(options).WaitAsync(Patience);
        Assert.That(far.Transport.Options, Is.EqualTo(options));
    }

    [Test]
    public async Task A_slow_reader_slows_the_sender_and_loses_nothing()
    {
        TaskCompletionSource room = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestCall call = await CallAsync();
        (TestChannel near, TestChannel far) = await call.OpenAsync(takeFar: _ => new(room.Task)).WaitAsync(Patience);
        byte[] part = new byte[16 * 1024];
        const int count = 1000;
        for (int i = 0; i < count; i++) near.Transport.Send(DataMessage.FromBytes(part));

        if (Capabilities.ReceiveBackPressure)
        {
            await far.Messages.FirstAsync().WaitAsync(Patience);
            Assert.That(far.Messages.All, Has.Count.EqualTo(1), "the next message waits until there is room");
            Assert.That(near.Transport.BufferedAmount, Is.GreaterThan(0));
        }

        room.SetResult();
        await far.Messages.CountAsync(count).WaitAsync(Patience);
        Assert.That(far.Messages.All, Has.Count.EqualTo(count));
        if (Capabilities.ReceiveBackPressure)
            await near.Events.FirstAsync(static told => told == "low").WaitAsync(Patience);
    }

    [Test]
    public async Task Statistics_count_what_was_sent_and_received_where_the_engine_has_them()
    {
        await using TestCall call = await CallAsync();
        (TestChannel near, TestChannel far) = await call.OpenAsync().WaitAsync(Patience);
        near.Transport.Send(DataMessage.FromBytes(new byte[1000]));
        await far.Messages.FirstAsync().WaitAsync(Patience);
        long sent = (await call.Offerer.Connection.GetStatisticsAsync(default)).BytesSent;
        long received = (await call.Answerer.Connection.GetStatisticsAsync(default)).BytesReceived;
        Assert.That((sent, received), Is.EqualTo(Capabilities.Statistics ? (1000L, 1000L) : (0L, 0L)));
    }
}
