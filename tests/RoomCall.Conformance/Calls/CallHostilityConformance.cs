using System.Text;
using System.Text.Json;

namespace RoomCall.Conformance;

/// <summary>Late, repeated, unexpected and senseless messages (book row S8; defects D7, D8, D9).</summary>
public abstract class CallHostilityConformance : CallConformance
{
    private static readonly string[] Nonsense =
    [
        " ", "{", "[]", "null", "1", "\"\"", "\"bye bye\"", "{}", "{\"type\":1}", "{\"type\":\"offer\"}", "{\"type\":\"offer\",\"sdp\":1}",
        "{\"type\":\"answer\",\"sdp\":null}", "{\"type\":\"candidate\"}", "{\"type\":\"candidate\",\"label\":-1,\"id\":\"0\",\"candidate\":\"x\"}",
        "{\"type\":\"offer\",\"sdp\":\"v=0\",\"generation\":0}", "{\"type\":\"offer\",\"sdp\":\"v=0\",\"generation\":99999999999}",
        "{\"type\":\"close channel\"}", "{\"type\":\"close channel\",\"channel\":-1,\"messages\":0}",
        "{\"type\":\"close channel\",\"channel\":0,\"messages\":99999999999999999999}",
        "\ud83d", "{\"type\":\"candidate\",\"label\":0,\"id\":\"\\ud800\",\"candidate\":\"\"}",
    ];

    [TestCase(true)]
    [TestCase(false)]
    public async Task D8_Nonsense_is_dropped_and_the_peer_can_still_call(bool sessionIsInitiator)
    {
        (ICallSession session, RoomGuestOfCall guest) = await MeetGuestAsync(sessionIsInitiator);
        CallLog log = new(session);

        // What is no JSON does not get onto every wire.
        int arriving = 0;
        foreach (byte[] nonsense in (byte[][])[.. Nonsense.Select(Encoding.UTF8.GetBytes), [0xff, 0xfe, 0x00]])
        {
            arriving += await guest.TrySendAsync(session.State.Self!, nonsense) ? 1 : 0;
        }

        await guest.SendAsync(session.State.Self!, "\"got user media\"");
        await log.SawAsync<CallEvent.SignalReceived>(received => received.Kind == SignalKind.GotUserMedia);

        Assert.That(log.Dropped.Count(code => code == SignalDropCode.Malformed), Is.EqualTo(arriving));
        Assert.That(arriving, Is.GreaterThan(Nonsense.Length / 2));
        Assert.That(session.State.IsChannelReady, Is.True);
        await LeaveAndCallNextAsync(session, guest);
    }

    [Test]
    public async Task D8_An_answer_that_nobody_asked_for_and_an_offer_to_the_initiator_are_dropped()
    {
        (ICallSession session, RoomGuestOfCall guest) = await MeetGuestAsync(sessionIsInitiator: true);
        CallLog log = new(session);

        await guest.SendAsync(session.State.Self!, "{\"type\":\"offer\",\"sdp\":\"v=0\"}");
        await guest.SendAsync(session.State.Self!, "{\"type\":\"answer\",\"sdp\":\"v=0\",\"generation\":7}");
        await log.SawAsync<CallEvent.SignalDropped>(dropped => dropped.Code == SignalDropCode.Unexpected);
        await log.SawAsync<CallEvent.SignalDropped>(dropped => dropped.Code == SignalDropCode.Stale);

        await LeaveAndCallNextAsync(session, guest);
    }

    [Test]
    public async Task D8_A_description_that_the_engine_cannot_read_ends_the_call_with_its_code_and_the_peer_is_told()
    {
        (ICallSession session, RoomGuestOfCall guest) = await MeetGuestAsync(sessionIsInitiator: false);

        await guest.SendAsync(session.State.Self!, "{\"type\":\"offer\",\"sdp\":\"this is no SDP\"}");

        Assert.That((await session.Completion.Soon()).Code, Is.EqualTo(CallEndCode.NegotiationFailed));
        Assert.That(await guest.UntilByeAsync(), Does.Contain("negotiation-failed"));
        await guest.DisposeAsync();
    }

    [Test]
    public async Task D8_Candidates_without_measure_are_dropped_above_the_limit()
    {
        CallOptions options = Options();
        options.PendingCandidateLimit = 10;
        (ICallSession session, RoomGuestOfCall guest) = await MeetGuestAsync(sessionIsInitiator: false, options);
        CallLog log = new(session);

        for (int number = 0; number < 20; number++)
        {
            await guest.SendAsync(session.State.Self!, "{\"type\":\"candidate\",\"label\":0,\"id\":\"0\",\"candidate\":\"candidate:1\"}");
        }

        await guest.SendAsync(session.State.Self!, "\"got user media\"");
        await log.SawAsync<CallEvent.SignalReceived>(received => received.Kind == SignalKind.GotUserMedia);
        Assert.That(log.Dropped.Count(code => code == SignalDropCode.TooMany), Is.EqualTo(10));
        await LeaveAndCallNextAsync(session, guest);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task D8_Closings_of_channels_that_nobody_has_touch_nothing(bool sessionIsInitiator)
    {
        (ICallSession session, RoomGuestOfCall guest) = await MeetGuestAsync(sessionIsInitiator);
        CallLog log = new(session);

        for (int channel = 0; channel < 150; channel++)
        {
            await guest.SendAsync(session.State.Self!, $"{{\"type\":\"close channel\",\"channel\":{channel},\"messages\":0}}");
        }

        await guest.SendAsync(session.State.Self!, "{\"type\":\"close channel\",\"channel\":0,\"messages\":0,\"generation\":2147483647}");
        await guest.SendAsync(session.State.Self!, "\"got user media\"");
        await log.SawAsync<CallEvent.SignalReceived>(received => received.Kind == SignalKind.GotUserMedia);

        Assert.That(log.Dropped.Last(), Is.EqualTo(SignalDropCode.Stale));
        Assert.That(log.Sent, Does.Not.Contain(SignalKind.CloseChannel));
        await LeaveAndCallNextAsync(session, guest);
    }

    [Test]
    public async Task D7_Signals_of_an_earlier_negotiation_do_not_touch_the_next_call()
    {
        (ICallSession session, RoomGuestOfCall first) = await MeetGuestAsync(sessionIsInitiator: true);
        int generation = await GenerationOfOfferAsync(first);
        await first.LeaveAsync();
        await first.DisposeAsync();
        await ReachedAsync(session, CallPhase.Waiting);
        await using RoomGuestOfCall second = await RoomGuestOfCall.EnterAsync(World.CreateSide().Signaler);
        int next = await GenerationOfOfferAsync(second);
        CallLog log = new(session);

        await second.SendAsync(session.State.Self!, $"{{\"type\":\"answer\",\"sdp\":\"v=0\",\"generation\":{generation}}}");
        await second.SendAsync(
            session.State.Self!, $"{{\"type\":\"candidate\",\"label\":0,\"id\":\"0\",\"candidate\":\"candidate:1\",\"generation\":{generation}}}");
        await second.SendAsync(session.State.Self!, "\"got user media\"");
        await log.SawAsync<CallEvent.SignalReceived>(received => received.Kind == SignalKind.GotUserMedia);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(next, Is.GreaterThan(generation));
            Assert.That(log.Dropped, Has.Exactly(2).EqualTo(SignalDropCode.Stale));
            Assert.That(session.State.Phase, Is.EqualTo(CallPhase.Negotiating));
        }
    }

    [Test]
    public async Task D7_A_late_bye_of_one_who_has_left_does_not_end_the_next_call()
    {
        // The server vouches for the sender: one who is gone cannot speak, so a late bye comes from nobody in this call.
        (ICallSession session, RoomGuestOfCall first) = await MeetGuestAsync(sessionIsInitiator: true);
        await first.SendAsync(session.State.Self!, "\"bye\"");
        await ReachedAsync(session, CallPhase.Waiting);
        CallLog log = new(session);

        await first.SendAsync(session.State.Self!, "\"bye\"");
        await log.SawAsync<CallEvent.SignalDropped>(dropped => dropped.Code == SignalDropCode.Stale);

        await LeaveAndCallNextAsync(session, first);
    }

    [Test]
    public async Task S6_S8_D9_Messages_reach_the_own_room_only()
    {
        (ICallSession session, RoomGuestOfCall guest) = await MeetGuestAsync(sessionIsInitiator: true);
        await using RoomGuestOfCall stranger = await RoomGuestOfCall.EnterAsync(World.CreateSide().Signaler, "another room");
        CallLog log = new(session);

        await stranger.SendAsync(session.State.Self!, "\"bye\"");
        await guest.SendAsync(session.State.Self!, "\"got user media\"");
        await log.SawAsync<CallEvent.SignalReceived>(received => received.Kind == SignalKind.GotUserMedia);

        Assert.That(log.Received, Does.Not.Contain(SignalKind.Bye));
        await LeaveAndCallNextAsync(session, guest);
    }

    private async Task<(ICallSession Session, RoomGuestOfCall Guest)> MeetGuestAsync(bool sessionIsInitiator, CallOptions? options = null)
    {
        ICallSession? first = sessionIsInitiator ? await JoinAsync(options: options) : null;
        RoomGuestOfCall guest = await RoomGuestOfCall.EnterAsync(World.CreateSide().Signaler);
        ICallSession session = first ?? await JoinAsync(options: options);
        await session.WhenAsync(state => state.IsChannelReady).Soon();
        return (session, guest);
    }

    private static async Task<int> GenerationOfOfferAsync(RoomGuestOfCall guest)
    {
        while (true)
        {
            string text = await guest.HearAsync();
            if (text.Contains("offer", StringComparison.Ordinal))
            {
                return JsonDocument.Parse(Encoding.UTF8.GetBytes(text)).RootElement.GetProperty("generation").GetInt32();
            }
        }
    }

    // The session is unharmed: it calls the next one who comes.
    private async Task LeaveAndCallNextAsync(ICallSession session, RoomGuestOfCall guest)
    {
        await guest.LeaveAsync();
        await guest.DisposeAsync();
        await ReachedAsync(session, CallPhase.Waiting);
        await TalkAsync(session, await JoinAsync());
    }
}
