using static Microsoft.Playwright.Assertions;

namespace RoomCall.Browser.Tests;

/// <summary>The server, or the way to it, is lost during a call.</summary>
public sealed class ServerLossTests : PageFixture
{
    private const string CannotReach = "The server cannot be reached at the moment. The call goes on";

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_server_is_killed_and_started_again_and_the_next_hang_up_is_heard(bool isFirst)
    {
        await using PageServer server = await PageServer.StartAsync();
        (CallPage alice, CallPage bob) = await CallAsync(address: server.Address);
        (CallPage goes, CallPage stays) = isFirst ? (alice, bob) : (bob, alice);

        await server.KillAsync();
        await Task.WhenAll(alice.IsToldAsync(CannotReach), bob.IsToldAsync(CannotReach));
        await Task.WhenAll(alice.VideoGoesOnAsync(), bob.VideoGoesOnAsync());
        await server.StartAgainAsync();
        await Task.WhenAll(alice.IsToldNothingAsync(), bob.IsToldNothingAsync());
        await Task.WhenAll(alice.VideoGoesOnAsync(), bob.VideoGoesOnAsync());
        await Task.WhenAll(HadOneCallAsync(alice), HadOneCallAsync(bob));

        await goes.HangUpAsync();
        await stays.ReachesAsync("waiting");
        await stays.IsToldAsync("The other side hung up.");
        await goes.JoinButton.ClickAsync();
        await Task.WhenAll(goes.IsInCallAsync(), stays.IsInCallAsync());
    }

    [Test]
    public async Task The_network_is_cut_and_comes_back()
    {
        await using CuttableProxy network = new(Server.Address);
        (CallPage alice, CallPage bob) = await CallAsync(address: network.Address);

        network.Cut();
        await Task.WhenAll(alice.IsToldAsync(CannotReach), bob.IsToldAsync(CannotReach));
        await Task.WhenAll(alice.VideoGoesOnAsync(), bob.VideoGoesOnAsync());
        network.Mend();
        await Task.WhenAll(alice.IsToldNothingAsync(), bob.IsToldNothingAsync());

        await alice.SendAsync("Still here");
        await bob.ReceivesAsync("Still here");
        await alice.HangUpAsync();
        await bob.IsToldAsync("The other side hung up.");
    }

    [Test]
    public async Task One_sides_network_swallows_all_for_a_while()
    {
        await using CuttableProxy network = new(Server.Address);
        string room = NewRoom();
        CallPage alice = await OpenAsync(room, "Alice");
        await alice.ReachesAsync("waiting");
        CallPage bob = await OpenAsync(room, "Bob", address: network.Address);
        await Task.WhenAll(alice.IsInCallAsync(), bob.IsInCallAsync());

        network.Swallow();
        await alice.IsToldAsync("The other side cannot reach the server");
        network.Mend();
        await Task.WhenAll(alice.IsToldNothingAsync(), bob.IsToldNothingAsync());
        await Task.WhenAll(HadOneCallAsync(alice), HadOneCallAsync(bob));

        await bob.HangUpAsync();
        await alice.IsToldAsync("The other side hung up.");
    }

    [Test]
    public async Task Where_no_packet_comes_through_the_connection_is_repaired_when_they_do_again()
    {
        (CallPage alice, CallPage bob) = await CallAsync(new PageWishes { CanLosePackets = true });

        await Task.WhenAll(alice.LoseAllPacketsAsync(true), bob.LoseAllPacketsAsync(true));
        await Task.WhenAll(alice.ReachesAsync("recovering"), bob.ReachesAsync("recovering"));
        await Task.WhenAll(alice.LoseAllPacketsAsync(false), bob.LoseAllPacketsAsync(false));

        await Task.WhenAll(alice.IsInCallAsync(), bob.IsInCallAsync());
        await alice.SendAsync("Back again");
        await bob.ReceivesAsync("Back again");
        await Task.WhenAll(alice.SeesOtherAsync(), bob.SeesOtherAsync());
    }

    [Test]
    public async Task A_server_that_cannot_be_reached_is_said_in_plain_words()
    {
        await using PageServer server = await PageServer.StartAsync();
        CallPage alice = await OpenAsync(NewRoom(), "Alice", address: server.Address);
        await alice.ReachesAsync("waiting");
        await alice.HangUpAsync();
        await server.KillAsync();

        await alice.JoinButton.ClickAsync();

        await alice.ReachesAsync("ended");
        await Expect(alice.Status).ToContainTextAsync("The server");
        await server.StartAgainAsync();
        await alice.JoinButton.ClickAsync();
        await alice.ReachesAsync("waiting");
    }

    private static Task HadOneCallAsync(CallPage page) =>
        Expect(page.Page.Locator("#timeline .mark", new() { HasText = "call started" })).ToHaveCountAsync(1);
}
