using RoomCall.Browser.Tests;

namespace RoomCall.SipSorcery.Tests;

/// <summary>Either side of a call between .NET and a page leaves, in whatever way; the other is told, and the next call works.</summary>
[Category("Browser")]
public sealed class BrowserLeavingTests : PageFixture
{
    [Test]
    public async Task The_page_hangs_up_and_joins_again_five_times()
    {
        string room = NewRoom();
        await using NativeSide native = await NativeSide.JoinAsync(Server.Address, room);
        CallPage page = await OpenAsync(room, "Page");
        for (int round = 1; round <= 5; round++)
        {
            await Task.WhenAll(native.IsInCallAsync(), page.IsInCallAsync());
            await page.SendAsync($"Round {round}");
            Assert.That(await native.ReceiveAsync(), Is.EqualTo($"Round {round}"));
            Task<CallState> waiting = native.ReachesAsync(CallPhase.Waiting);
            await page.HangUpAsync();
            await waiting;
            await page.JoinButton.ClickAsync();
        }

        await Task.WhenAll(native.IsInCallAsync(), page.IsInCallAsync());
    }

    [Test]
    public async Task The_program_hangs_up_and_joins_again_five_times()
    {
        string room = NewRoom();
        CallPage page = await OpenAsync(room, "Page");
        await page.ReachesAsync("waiting");
        for (int round = 1; round <= 5; round++)
        {
            await using NativeSide native = await NativeSide.JoinAsync(Server.Address, room);
            await Task.WhenAll(native.IsInCallAsync(), page.IsInCallAsync());
            await native.SendAsync($"Round {round}");
            await native.Session.HangUpAsync().WaitAsync(NativeSide.Patience);

            await page.ReceivesAsync($"Round {round}");
            await page.ReachesAsync("waiting");
            await page.IsToldAsync("The other side hung up.");
        }
    }

    [Test]
    public async Task A_tab_that_is_killed_is_noticed_and_the_next_call_works()
    {
        string room = NewRoom();
        await using NativeSide native = await NativeSide.JoinAsync(Server.Address, room);
        CallPage page = await OpenAsync(room, "Page");
        await Task.WhenAll(native.IsInCallAsync(), page.IsInCallAsync());
        Task<CallState> waiting = native.ReachesAsync(CallPhase.Waiting);

        await page.CrashAsync();

        await waiting;
        CallPage next = await OpenAsync(room, "Next");
        await Task.WhenAll(native.IsInCallAsync(), next.IsInCallAsync());
        await next.SendAsync("Here again");
        Assert.That(await native.ReceiveAsync(), Is.EqualTo("Here again"));
    }
}
