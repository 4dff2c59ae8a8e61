using static Microsoft.Playwright.Assertions;

namespace RoomCall.Browser.Tests;

/// <summary>One leaves, in whatever way; the other is told, and the next call works.</summary>
public sealed class LeavingTests : PageFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task One_hangs_up_and_joins_again_five_times(bool isFirst)
    {
        (CallPage alice, CallPage bob) = await CallAsync();
        (CallPage goes, CallPage stays) = isFirst ? (alice, bob) : (bob, alice);

        for (int round = 1; round <= 5; round++)
        {
            await goes.HangUpAsync();
            await stays.ReachesAsync("waiting");
            await stays.IsToldAsync("The other side hung up.");
            await goes.JoinButton.ClickAsync();
            await Task.WhenAll(goes.IsInCallAsync(), stays.IsInCallAsync());
            await goes.SendAsync($"Round {round}");
            await stays.ReceivesAsync($"Round {round}");
        }

        await Task.WhenAll(alice.SeesOtherAsync(), bob.SeesOtherAsync());
    }

    [Test]
    public async Task They_hang_up_in_turn_five_times()
    {
        (CallPage goes, CallPage stays) = await CallAsync(new PageWishes { Query = "&media=none" });

        for (int round = 1; round <= 5; round++)
        {
            await goes.HangUpAsync();
            await stays.ReachesAsync("waiting");
            await goes.JoinButton.ClickAsync();
            await Task.WhenAll(goes.IsInCallAsync(), stays.IsInCallAsync());
            (goes, stays) = (stays, goes);
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_page_is_reloaded(bool isFirst)
    {
        (CallPage alice, CallPage bob) = await CallAsync();
        (CallPage goes, CallPage stays) = isFirst ? (alice, bob) : (bob, alice);

        await goes.Page.ReloadAsync();

        await Task.WhenAll(goes.IsInCallAsync(), stays.IsInCallAsync());
        await Expect(stays.Page.Locator("#timeline .mark", new() { HasText = "The other side is gone" })).ToHaveCountAsync(1);
        await goes.SendAsync("Here again");
        await stays.ReceivesAsync("Here again");
        await Task.WhenAll(goes.SeesOtherAsync(), stays.SeesOtherAsync());
    }

    [Test]
    public async Task A_page_is_closed()
    {
        string room = NewRoom();
        (CallPage alice, CallPage bob) = await CallAsync(room: room);

        await bob.Page.CloseAsync();

        await alice.ReachesAsync("waiting");
        await alice.IsToldAsync("The other side is gone");
        CallPage carol = await OpenAsync(room, "Carol");
        await Task.WhenAll(alice.SeesOtherAsync(), carol.SeesOtherAsync());
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_tab_is_killed(bool isFirst)
    {
        string room = NewRoom();
        (CallPage alice, CallPage bob) = await CallAsync(room: room);
        (CallPage goes, CallPage stays) = isFirst ? (alice, bob) : (bob, alice);

        await goes.CrashAsync();

        await stays.ReachesAsync("waiting");
        await stays.IsToldAsync("The other side is gone");
        CallPage carol = await OpenAsync(room, "Carol");
        await Task.WhenAll(carol.IsInCallAsync(), stays.IsInCallAsync());
        await Task.WhenAll(carol.SeesOtherAsync(), stays.SeesOtherAsync());
    }

    [Test]
    public async Task One_who_is_alone_hangs_up_and_joins_again()
    {
        CallPage alice = await OpenAsync(NewRoom(), "Alice");
        await alice.ReachesAsync("waiting");

        await alice.HangUpAsync();
        await Expect(alice.Status).ToHaveTextAsync("You hung up.");
        await alice.JoinButton.ClickAsync();

        await alice.ReachesAsync("waiting");
    }
}
