using RoomCall.DataChannels;
using static RoomCall.PeerConnections.PeerConnectionState;

namespace RoomCall.InMemory.Tests;

public sealed class LostNetworkTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public async Task A_lost_network_disconnects_after_5_s_and_fails_after_25_s_more()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        await call.OpenAsync();
        call.Network.Disconnect();

        call.Time.Advance(4.9 * Second);
        Assert.That(call.OffererConnection.State, Is.EqualTo(Connected));
        call.Time.Advance(0.1 * Second);
        Assert.That(call.OffererConnection.State, Is.EqualTo(Disconnected));
        call.Time.Advance(24.9 * Second);
        Assert.That(call.AnswererConnection.State, Is.EqualTo(Disconnected));
        call.Time.Advance(0.1 * Second);
        Assert.That(call.Offerer.States.All, Is.EqualTo(new[] { Connecting, Connected, Disconnected, Failed }));
        Assert.That(call.Answerer.States.All, Is.EqualTo(new[] { Connecting, Connected, Disconnected, Failed }));
    }

    [Test]
    public async Task What_is_sent_while_the_network_is_lost_arrives_when_it_is_back()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        await call.OpenAsync();
        call.OffererConnection.Disconnect();
        call.Near.Transport.Send(DataMessage.FromText("held"));
        Assert.That(call.Near.Transport.BufferedAmount, Is.EqualTo(4));
        call.Time.Advance(10 * Second);
        Assert.That(call.Far!.Messages.All, Is.Empty);

        call.OffererConnection.Reconnect();
        Assert.That(call.Offerer.States.All, Is.EqualTo(new[] { Connecting, Connected, Disconnected, Connected }));
        Assert.That(call.Answerer.States.All, Is.EqualTo(new[] { Connecting, Connected, Disconnected, Connected }));
        Assert.That(call.Far.Messages.All.Single().Text, Is.EqualTo("held"));
    }

    [Test]
    public async Task A_network_that_comes_back_at_once_is_not_noticed()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        await call.OpenAsync();
        call.OffererFactory.Disconnect();
        call.Time.Advance(4 * Second);
        call.OffererFactory.Reconnect();
        call.Time.Advance(60 * Second);
        Assert.That(call.Offerer.States.All, Is.EqualTo(new[] { Connecting, Connected }));
    }

    [Test]
    public async Task A_failed_connection_comes_back_only_by_an_ICE_restart_and_keeps_its_channel()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        await call.OpenAsync();
        call.AnswererFactory.Disconnect();
        call.Near.Transport.Send(DataMessage.FromText("patience"));
        for (int i = 0; i < 40; i++) call.Time.Advance(Second);
        call.AnswererFactory.Reconnect();
        Assert.That(call.OffererConnection.State, Is.EqualTo(Failed));

        await call.NegotiateAsync(new(IceRestart: true));
        Assert.That(call.Offerer.States.All, Is.EqualTo(new[] { Connecting, Connected, Disconnected, Failed, Connecting, Connected }));
        Assert.That(call.AnswererConnection.State, Is.EqualTo(Connected));
        Assert.That(call.Far!.Messages.All.Single().Text, Is.EqualTo("patience"));
    }

    [Test]
    public async Task Who_vanishes_hears_nothing_and_the_other_side_notices()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        await call.OpenAsync();
        call.AnswererConnection.Vanish();
        for (int i = 0; i < 31; i++) call.Time.Advance(Second);
        Assert.That(call.Offerer.States.All, Is.EqualTo(new[] { Connecting, Connected, Disconnected, Failed }));
        Assert.That(call.Answerer.States.All, Is.EqualTo(new[] { Connecting, Connected }));
        Assert.That(call.Far!.Events.All, Is.EqualTo(new[] { "open" }));
    }

    [Test]
    public async Task Without_any_candidate_a_connection_fails_after_15_s()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        await call.NegotiateAsync(withCandidates: false);
        call.Time.Advance(14.9 * Second);
        Assert.That(call.OffererConnection.State, Is.EqualTo(Connecting));
        call.Time.Advance(0.1 * Second);
        Assert.That(call.OffererConnection.State, Is.EqualTo(Failed));
        Assert.That(call.AnswererConnection.State, Is.EqualTo(Failed));
    }

    [Test]
    public async Task An_unreachable_peer_tells_candidates_and_never_connects()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync(answerer: new() { IsUnreachable = true });
        await call.NegotiateAsync();
        Assert.That(call.Answerer.Candidates.All, Has.Count.EqualTo(2));
        call.Time.Advance(15 * Second);
        Assert.That(call.Offerer.States.All, Is.EqualTo(new[] { Connecting, Failed }));
    }

    [Test]
    public async Task A_network_that_comes_up_while_connecting_connects()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        call.Network.Disconnect();
        await call.NegotiateAsync();
        call.Time.Advance(10 * Second);
        Assert.That(call.OffererConnection.State, Is.EqualTo(Connecting));
        call.Network.Reconnect();
        Assert.That(call.OffererConnection.State, Is.EqualTo(Connected));
        Assert.That(call.AnswererConnection.State, Is.EqualTo(Connected));
    }

    [Test]
    public async Task A_disposed_remote_is_noticed_at_once()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        await call.OpenAsync();
        await call.Answerer.DisposeAsync();
        Assert.That(call.OffererConnection.State, Is.EqualTo(Disconnected));
        Assert.That(call.Near.Error, Is.InstanceOf<IOException>());
        call.Time.Advance(25 * Second);
        Assert.That(call.OffererConnection.State, Is.EqualTo(Failed));
    }
}
