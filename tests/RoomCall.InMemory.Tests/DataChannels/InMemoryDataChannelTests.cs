using RoomCall.Conformance;
using RoomCall.DataChannels;
using RoomCall.PeerConnections;

namespace RoomCall.InMemory.Tests;

public sealed class InMemoryDataChannelTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public async Task The_sender_may_change_its_bytes_once_they_are_no_longer_buffered()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync(new() { Latency = Second });
        await call.OpenAsync();
        byte[] bytes = [1, 2, 3];
        call.Near.Transport.Send(DataMessage.FromBytes(bytes));
        Assert.That(call.Near.Transport.BufferedAmount, Is.Zero);
        bytes[0] = 99;
        call.Time.Advance(Second);
        Assert.That(call.Far!.Messages.All.Single().Data.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task The_ids_of_the_client_of_DTLS_are_even_and_those_of_its_server_odd()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        IDataChannelTransport early = call.Near.Transport;
        Assert.That(early.Id, Is.Null);
        await call.OpenAsync();
        IDataChannelTransport ofOfferer = call.Offerer.Connection.CreateDataChannel("second", DataChannelOptions.Reliable);
        IDataChannelTransport ofAnswerer = call.Answerer.Connection.CreateDataChannel("third", DataChannelOptions.Reliable);

        Assert.That(new[] { early.Id, ofOfferer.Id, ofAnswerer.Id }, Is.EqualTo(new int?[] { 1, 3, 0 }), "who answers is the client");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_engine_that_cannot_close_a_channel_neither_shows_its_closing_nor_sees_the_others(bool atOfferer)
    {
        InMemoryPeerConnectionOptions all = new();
        InMemoryPeerConnectionOptions poorer = new() { Capabilities = all.Capabilities with { DataChannelClose = false } };
        await using VirtualCall call = await VirtualCall.CreateAsync(offerer: poorer, answerer: all);
        await call.OpenAsync();

        (atOfferer ? call.Near : call.Far!).Transport.Close();

        Assert.That(call.Near.Transport.State, Is.EqualTo(atOfferer ? DataChannelState.Closed : DataChannelState.Open));
        Assert.That(call.Far!.Transport.State, Is.EqualTo(atOfferer ? DataChannelState.Open : DataChannelState.Closing));
    }

    [Test]
    public async Task The_smaller_of_both_largest_sizes_counts()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync(answerer: new() { MaxMessageSize = 1000 });
        await call.OpenAsync();
        Assert.That(call.Near.Transport.MaxMessageSize, Is.EqualTo(1000));
        Assert.That(call.Far!.Transport.MaxMessageSize, Is.EqualTo(1000));
        Assert.That(() => call.Near.Transport.Send(DataMessage.FromBytes(new byte[1001])), Throws.ArgumentException);
    }

    [Test]
    public async Task Messages_larger_than_the_window_pass_one_at_a_time()
    {
        InMemoryPeerConnectionOptions big = new() { MaxMessageSize = 4 * 1024 * 1024 };
        await using VirtualCall call = await VirtualCall.CreateAsync(offerer: big, answerer: big);
        await call.OpenAsync();
        for (int i = 0; i < 5; i++) call.Near.Transport.Send(DataMessage.FromBytes(new byte[3 * 1024 * 1024]));
        call.Near.Transport.Send(DataMessage.FromBytes(new byte[100 * 1024]));
        call.Near.Transport.Send(DataMessage.FromBytes(new byte[4 * 1024 * 1024]));
        Assert.That(call.Far!.Messages.All, Has.Count.EqualTo(7));
    }

    [Test]
    public async Task A_reader_that_takes_nothing_leaves_what_exceeds_the_window_with_the_sender()
    {
        TaskCompletionSource room = new();
        await using VirtualCall call = await VirtualCall.CreateAsync();
        await call.OpenAsync(_ => new(room.Task));
        for (int i = 0; i < 200; i++) call.Near.Transport.Send(DataMessage.FromBytes(new byte[16 * 1024]));
        Assert.That(call.Near.Transport.BufferedAmount, Is.InRange(2_000_000, 2_400_000));
        call.Near.Transport.Close();
        Assert.That(call.Near.Transport.State, Is.EqualTo(DataChannelState.Closing));

        room.SetResult();
        await call.Near.WhenClosed.WaitAsync(Patience);
        await call.Far!.WhenClosed.WaitAsync(Patience);
        Assert.That(call.Far.Messages.All, Has.Count.EqualTo(200));
        Assert.That(call.Far.Events.All.TakeLast(2), Is.EqualTo(new[] { "closing", "closed" }));
        Assert.That(call.Near.Error, Is.Null);
        Assert.That(call.Near.Transport.State, Is.EqualTo(DataChannelState.Closed));
    }

    [Test]
    public async Task Closing_before_the_connection_is_up_closes_at_once()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        call.Near.Transport.Close();
        Assert.That(call.Near.Events.All, Is.EqualTo(new[] { "closing", "closed" }));
        await call.NegotiateAsync();
        Assert.That(call.Answerer.Channels.All, Is.Empty);
    }

    [Test]
    public async Task Closing_while_the_channel_is_being_opened_closes_both_sides()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync(new() { Latency = Second });
        await call.NegotiateAsync();
        while (call.Answerer.Channels.All.Count == 0) call.Time.Advance(Second);
        call.Near.Transport.Close();
        TestChannel far = new(call.Answerer.Channels.All.Single());
        for (int i = 0; i < 4; i++) call.Time.Advance(Second);
        Assert.That(call.Near.Events.All, Is.EqualTo(new[] { "closing", "closed" }));
        Assert.That(far.Events.All, Is.EqualTo(new[] { "open", "closing", "closed" }));
    }

    [Test]
    public async Task A_message_that_waited_longer_than_it_may_live_is_not_sent()
    {
        TaskCompletionSource room = new();
        await using VirtualCall call = await VirtualCall.CreateAsync(channel: new() { MaxPacketLifeTime = Second });
        await call.OpenAsync(_ => new(room.Task));
        for (int i = 0; i < 100; i++) call.Near.Transport.Send(DataMessage.FromBytes(new byte[16 * 1024]));
        call.Time.Advance(2 * Second);
        room.SetResult();
        await call.Near.Events.FirstAsync(static told => told == "low").WaitAsync(Patience);
        call.Near.Transport.Send(DataMessage.FromText("in time"));
        await call.Far!.Messages.FirstAsync(static message => message.IsText).WaitAsync(Patience);
        Assert.That(call.Far.Messages.All, Has.Count.EqualTo(63 + 1), "what was in the window, and the last");
    }

    [Test]
    public async Task Options_that_contradict_or_exceed_the_RFC_are_refused()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        DataChannelOptions[] wrong =
        [
            new() { MaxRetransmits = 1, MaxPacketLifeTime = Second }, new() { MaxRetransmits = -1 },
            new() { MaxPacketLifeTime = TimeSpan.FromMinutes(2) }, new() { Protocol = new('x', 65536) },
        ];
        foreach (DataChannelOptions options in wrong)
            Assert.That(() => call.OffererConnection.CreateDataChannel("x", options), Throws.ArgumentException);
        Assert.That(() => call.OffererConnection.CreateDataChannel(new('ä', 40_000), DataChannelOptions.Reliable), Throws.ArgumentException);
    }

    [Test]
    public async Task Two_observers_that_answer_each_other_for_ever_do_not_keep_the_senders_thread()
    {
        await using TestCall call = await TestCall.CreateAsync(Engines.Full());
        IDataChannelTransport? near = null;
        IDataChannelTransport? far = null;
        (TestChannel a, TestChannel b) = await call.OpenAsync(
            takeNear: message => Reply(near, message), takeFar: message => Reply(far, message)).WaitAsync(TimeSpan.FromSeconds(20));
        (near, far) = (a.Transport, b.Transport);

        // Returns although the exchange goes on; disposing the call ends it.
        await Task.Run(() => near.Send(DataMessage.FromText("ping"))).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(b.Messages.All, Is.Not.Empty);

        static ValueTask Reply(IDataChannelTransport? transport, DataMessage message)
        {
            if (transport is { State: DataChannelState.Open }) transport.Send(message);
            return default;
        }
    }

    [Test]
    public async Task With_the_relay_policy_only_relayed_candidates_are_gathered()
    {
        InMemoryPeerConnectionFactory factory = Engines.Full();
        PeerConnectionConfiguration relay = new()
        {
            IceTransportPolicy = IceTransportPolicy.Relay,
            IceServers = [new(["turn:turn.example.org"], "user", "secret")],
        };
        await using TestPeer with = await TestPeer.CreateAsync(factory, relay);
        await using TestPeer without = await TestPeer.CreateAsync(factory, relay with { IceServers = [] });
        foreach (TestPeer peer in new[] { with, without })
        {
            peer.Connection.CreateDataChannel("x", DataChannelOptions.Reliable);
            await peer.OfferAsync();
            Assert.That(peer.Gathered.All, Has.Count.EqualTo(1));
        }

        Assert.That(with.Candidates.All.Select(static candidate => candidate.Candidate), Is.Not.Empty.And.All.Contains("typ relay"));
        Assert.That(without.Candidates.All, Is.Empty);
    }
}
