using RoomCall.DataChannels;
using RoomCall.PeerConnections;

namespace RoomCall.Conformance;

/// <summary>Closing channels and connections (book row S26).</summary>
public abstract class ClosingConformance : PeerConnectionConformance
{
    [Test]
    public async Task What_was_sent_before_closing_arrives_and_then_both_sides_are_closed()
    {
        await using TestCall call = await CallAsync();
        (TestChannel near, TestChannel far) = await call.OpenAsync().WaitAsync(Patience);
        for (int i = 0; i < 100; i++) near.Transport.Send(DataMessage.FromText($"{i}"));
        near.Transport.Close();
        await near.WhenClosed.WaitAsync(Patience);
        Assert.That(near.Error, Is.Null);
        Assert.That(near.Transport.State, Is.EqualTo(DataChannelState.Closed));

        await far.Messages.CountAsync(100).WaitAsync(Patience);
        if (!Capabilities.DataChannelClose) return;
        await far.WhenClosed.WaitAsync(Patience);
        Assert.That(far.Error, Is.Null);
        Assert.That(far.Events.All.Skip(101), Is.EqualTo(new[] { "closing", "closed" }));
        Assert.That(near.Events.All, Is.EqualTo(new[] { "open", "closing", "closed" }));
    }

    [Test]
    public async Task Closing_twice_and_sending_on_a_closed_channel_are_safe_and_refused()
    {
        await using TestCall call = await CallAsync();
        (TestChannel near, _) = await call.OpenAsync().WaitAsync(Patience);
        near.Transport.Close();
        near.Transport.Close();
        Assert.That(() => near.Transport.Send(DataMessage.FromText("late")), Throws.InvalidOperationException);
        await near.WhenClosed.WaitAsync(Patience);
        Assert.That(near.Events.All.Count(static told => told == "closed"), Is.EqualTo(1));
    }

    [Test]
    public async Task When_both_close_at_once_both_get_what_the_other_sent()
    {
        await using TestCall call = await CallAsync();
        (TestChannel near, TestChannel far) = await call.OpenAsync().WaitAsync(Patience);
        near.Transport.Send(DataMessage.FromText("from near"));
        far.Transport.Send(DataMessage.FromText("from far"));
        near.Transport.Close();
        far.Transport.Close();
        if (!Capabilities.DataChannelClose)
        {
            // Each closes for itself, and sees nothing of the other's.
            await near.WhenClosed.WaitAsync(Patience);
            await far.WhenClosed.WaitAsync(Patience);
            Assert.That(near.Error ?? far.Error, Is.Null);
            return;
        }

        await near.WhenClosed.WaitAsync(Patience);
        await far.WhenClosed.WaitAsync(Patience);
        Assert.That(far.Messages.All.Select(static message => message.Text), Is.EqualTo(new[] { "from near" }));
        Assert.That(near.Messages.All.Select(static message => message.Text), Is.EqualTo(new[] { "from far" }));
    }

    [Test]
    public async Task The_other_channels_stay_open_when_one_closes()
    {
        await using TestCall call = await CallAsync();
        (TestChannel first, _) = await call.OpenAsync().WaitAsync(Patience);
        (TestChannel near, TestChannel far) = await call.OpenAsync(label: "second").WaitAsync(Patience);
        first.Transport.Close();
        await first.WhenClosed.WaitAsync(Patience);
        near.Transport.Send(DataMessage.FromText("still"));
        await far.Messages.FirstAsync().WaitAsync(Patience);
    }

    [Test]
    public async Task When_the_remote_peer_is_disposed_the_channel_is_cut_off_after_what_had_arrived()
    {
        await using TestCall call = await CallAsync();
        (TestChannel near, TestChannel far) = await call.OpenAsync().WaitAsync(Patience);
        near.Transport.Send(DataMessage.FromText("last words"));
        await far.Messages.FirstAsync().WaitAsync(Patience);
        await call.Offerer.DisposeAsync();

        await far.WhenClosed.WaitAsync(Patience);
        Assert.That(far.Error, Is.Not.Null);
        Assert.That(far.Transport.State, Is.EqualTo(DataChannelState.Closed));
    }

    [Test]
    public async Task Disposing_closes_every_channel_before_it_returns_and_silences_the_observer()
    {
        await using TestCall call = await CallAsync();
        (TestChannel near, TestChannel far) = await call.OpenAsync().WaitAsync(Patience);
        await call.Offerer.DisposeAsync();
        Assert.That(near.Transport.State, Is.EqualTo(DataChannelState.Closed));
        Assert.That(near.Events.All.Count(static told => told == "closed"), Is.EqualTo(1));

        await far.WhenClosed.WaitAsync(Patience);
        await call.Answerer.DisposeAsync();
        Assert.That(call.Offerer.CalledAfterDispose, Is.False);
        Assert.That(call.Offerer.States.All, Has.None.EqualTo(PeerConnectionState.Closed), "who disposes knows");
    }

    [Test]
    public async Task Disposing_twice_is_safe_in_every_state()
    {
        TestPeer fresh = await PeerAsync();
        await fresh.DisposeAsync();
        await fresh.DisposeAsync();

        TestPeer offering = await PeerAsync();
        offering.Connection.CreateDataChannel(TestCall.Label, DataChannelOptions.Reliable);
        await offering.OfferAsync().WaitAsync(Patience);
        await Task.WhenAll(offering.Connection.DisposeAsync().AsTask(), offering.Connection.DisposeAsync().AsTask()).WaitAsync(Patience);
    }

    [Test]
    public async Task After_dispose_every_operation_says_so()
    {
        TestPeer peer = await PeerAsync();
        IPeerConnection connection = peer.Connection;
        await peer.DisposeAsync();
        SessionDescription offer = new(SdpType.Offer, "v=0\r\n");
        Assert.That(() => connection.CreateDataChannel("late", DataChannelOptions.Reliable), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(async () => await connection.CreateOfferAsync(default, default), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(async () => await connection.CreateAnswerAsync(default), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(async () => await connection.SetLocalDescriptionAsync(offer, default), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(async () => await connection.SetRemoteDescriptionAsync(offer, default), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(async () => await connection.AddIceCandidateAsync(new("", "0", 0), default), Throws.InstanceOf<ObjectDisposedException>());
    }
}
