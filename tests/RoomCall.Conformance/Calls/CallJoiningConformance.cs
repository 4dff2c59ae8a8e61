using RoomCall.PeerConnections;

namespace RoomCall.Conformance;

/// <summary>Entering a room (book rows S1 to S5, S7).</summary>
public abstract class CallJoiningConformance : CallConformance
{
    [Test]
    public async Task S1_S7_The_first_in_a_room_is_its_initiator_and_waits()
    {
        ICallSession first = await JoinAsync();
        CallLog log = new(first);

        await ReachedAsync(first, CallPhase.Waiting);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.State.IsInitiator, Is.True);
            Assert.That(first.State.Self, Is.Not.Null.And.Not.Empty);
            Assert.That(first.State.IsChannelReady, Is.False);
            Assert.That(log.Events.OfType<CallEvent.RoomJoined>(), Is.EqualTo(new[] { new CallEvent.RoomJoined(first.State.Self!, true) }));
        }
    }

    [Test]
    public async Task S2_One_who_comes_to_a_full_room_is_told_so_and_nothing_else_happens()
    {
        (ICallSession one, ICallSession other) = await CallAsync();

        RoomCallException refusal = (await Assert.ThrowsAsync<RoomCallException>(() => JoinAsync()))!;
        await TalkAsync(one, other);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Code, Is.EqualTo(RoomCallErrorCode.SessionEnded));
            Assert.That(refusal.EndReason!.Code, Is.EqualTo(CallEndCode.RoomFull));
        }
    }

    [Test]
    public async Task S3_S4_The_second_in_a_room_makes_the_channel_ready_on_both_sides()
    {
        CallSide firstSide = World.CreateSide();
        CallSide secondSide = World.CreateSide();
        ICallSession first = await JoinAsync(firstSide, WithConsent(firstSide));
        ICallSession second = await JoinAsync(secondSide, WithConsent(secondSide));
        CallState ofFirst = await ReachedAsync(first, CallPhase.Preparing);
        CallState ofSecond = await ReachedAsync(second, CallPhase.Preparing);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((ofFirst.IsChannelReady, ofFirst.IsInitiator, ofFirst.IsStarted), Is.EqualTo((true, true, false)));
            Assert.That((ofSecond.IsChannelReady, ofSecond.IsInitiator, ofSecond.IsStarted), Is.EqualTo((true, false, false)));
            Assert.That((ofFirst.Remote, ofSecond.Remote), Is.EqualTo((ofSecond.Self, ofFirst.Self)));
        }
    }

    [Test]
    public async Task S5_What_the_server_logs_is_shown()
    {
        CallLog log = new(await JoinAsync());

        Assert.That((await log.SawAsync<CallEvent.ServerLog>()).Lines, Is.Not.Empty);
    }

    [Test]
    public async Task A_server_that_cannot_be_reached_refuses_the_join_with_its_code()
    {
        CallSide side = World.CreateSide();
        side.MakeServerUnreachable();

        RoomCallException refusal = (await Assert.ThrowsAsync<RoomCallException>(() => JoinAsync(side)))!;

        Assert.That(refusal.EndReason!.Code, Is.EqualTo(CallEndCode.SignalingUnavailable));
    }

    [Test]
    public async Task One_client_can_be_in_two_rooms_and_on_both_sides_of_one()
    {
        CallSide side = World.CreateSide();
        ICallSession a = await JoinAsync(side, room: "one");
        ICallSession b = await JoinAsync(side, room: "one");
        ICallSession c = await JoinAsync(side, room: "two");

        await TalkAsync(a, b);

        Assert.That(c.State.Phase, Is.EqualTo(CallPhase.Waiting));
    }

    [Test]
    public async Task Ice_servers_of_the_options_reach_the_engine_however_the_caller_changes_its_list_later()
    {
        List<IceServer> servers = [new(["stun:stun.example.org"])];
        CallOptions options = Options();
        options.IceServers = servers;
        CallSide side = World.CreateSide();
        ICallClient client = side.CreateClient(options);
        servers.Add(null!);

        await using ICallSession first = await client.JoinAsync("room").Soon();
        ICallSession second = await JoinAsync();

        await TalkAsync(first, second);
    }

    private static CallOptions WithConsent(CallSide side)
    {
        CallOptions options = Options();
        options.Media = new ConsentSource(side.CreateMedia());
        return options;
    }
}
