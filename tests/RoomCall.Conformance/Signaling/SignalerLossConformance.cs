using RoomCall.Signaling;

namespace RoomCall.Conformance;

/// <summary>Connections that are lost for good: defects D4 and D11, point 5 of <see cref="IRoomConnection"/>.</summary>
public abstract class SignalerLossConformance : SignalerConformance
{
    [Test]
    public async Task A_connection_that_is_cut_is_told_to_the_other_as_vanished()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        await Host.CutAsync(second.Signaler);

        Assert.That(await first.NextAsync(), Is.EqualTo(new RoomEvent.Left(second.Self, PeerLeftReason.Vanished, first.Self)));
    }

    [Test]
    public async Task A_connection_that_is_cut_ends_its_events_with_an_error()
    {
        (RoomGuest _, RoomGuest second) = await MeetAsync();
        Task<List<RoomEvent>> rest = second.RestAsync();

        await Host.CutAsync(second.Signaler);

        AssertLost(() => rest);
    }

    [Test]
    public async Task Sending_on_a_connection_that_was_cut_fails_and_leaving_it_does_not()
    {
        RoomGuest guest = await EnterAsync();
        await Host.CutAsync(guest.Signaler);
        AssertLost(() => guest.RestAsync());

        AssertLost(() => guest.SendAsync("too late"));
        await guest.LeaveAsync();
        await guest.DisposeAsync();
    }

    [Test]
    public async Task A_client_that_was_cut_can_come_again_under_a_new_id()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();
        await Host.CutAsync(second.Signaler);
        await first.NextAsync<RoomEvent.Left>();

        RoomGuest again = await EnterAsync("room", second.Signaler);

        Assert.That((again.Answer as RoomEvent.Joined)?.Peers, Is.EqualTo(new[] { first.Self }));
        Assert.That(again.Self, Is.Not.EqualTo(second.Self));
    }

    [Test]
    public async Task One_who_reads_nothing_is_let_go_as_too_slow_and_harms_nobody()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();
        Task<RoomEvent.Left> left = first.NextAsync<RoomEvent.Left>();

        string payload = new('x', 1022);
        for (int i = 0; i < Host.MessagesUntilTooSlow && !left.IsCompleted; i++)
        {
            await first.SendAsync(payload);
        }

        Assert.That(await left, Is.EqualTo(new RoomEvent.Left(second.Self, PeerLeftReason.TooSlow, first.Self)));
        AssertLost(() => second.RestAsync());
        AssertLost(() => second.SendAsync("too late"));
    }

    [Test]
    public async Task A_loss_is_not_told_as_an_interruption_by_a_transport_that_repairs_nothing()
    {
        RoomGuest guest = await EnterAsync();
        List<RoomEvent> seen = [];
        Task reading = Task.Run(async () =>
        {
            while (true)
            {
                seen.Add(await guest.NextAsync());
            }
        });

        await Host.CutAsync(guest.Signaler);

        // One that does repair itself may have tried.
        AssertLost(() => reading);
        Assert.That(seen, Host.CanInterrupt ? Is.All.TypeOf<RoomEvent.Interrupted>() : Is.Empty);
    }
}
