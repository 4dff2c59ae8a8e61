using static Microsoft.Playwright.Assertions;

namespace RoomCall.Browser.Tests;

/// <summary>One page comes over a WebSocket, the other over a connection of <c>@microsoft/signalr</c>.</summary>
public sealed class SignalRTests : PageFixture
{
    private const string AutomaticReconnect = ".withAutomaticReconnect()";

    [TestCase(true)]
    [TestCase(false)]
    public async Task One_by_SignalR_and_one_by_WebSocket_see_and_write_to_each_other_and_hear_each_other_hang_up(bool isFirst)
    {
        (CallPage bySignalR, CallPage byWebSocket) = await MixedCallAsync(isFirst, SignalRPage.Wishes());

        await TextsGoBothWaysAsync(bySignalR, byWebSocket);
        await Task.WhenAll(bySignalR.SeesOtherAsync(), byWebSocket.SeesOtherAsync());

        await HangsUpAndComesBackAsync(bySignalR, byWebSocket);
        await HangsUpAndComesBackAsync(byWebSocket, bySignalR);
        await TextsGoBothWaysAsync(bySignalR, byWebSocket);
        Assert.That(await StatesAsync(bySignalR), Is.Empty, "All the calls went over one connection.");
    }

    [TestCase("ServerSentEvents")]
    [TestCase("LongPolling")]
    public async Task SignalR_may_use_another_transport_than_WebSockets(string transport)
    {
        PageWishes wishes = SignalRPage.Wishes($"'/hub', signalR.HttpTransportType.{transport}");
        (CallPage bySignalR, CallPage byWebSocket) = await MixedCallAsync(isFirst: true, wishes);

        await TextsGoBothWaysAsync(bySignalR, byWebSocket);
        await HangsUpAndComesBackAsync(bySignalR, byWebSocket);
        await HangsUpAndComesBackAsync(byWebSocket, bySignalR);
    }

    [TestCase("")]
    [TestCase(AutomaticReconnect)]
    public async Task The_network_below_SignalR_is_cut_and_the_call_goes_on_and_the_next_hang_up_is_heard(string reconnect)
    {
        await using CuttableProxy network = new(Server.Address);
        (CallPage bySignalR, CallPage byWebSocket) = await MixedCallAsync(isFirst: false, SignalRPage.Wishes(more: reconnect), network.Address);

        network.Cut();
        await Task.WhenAll(bySignalR.IsToldAsync("The server cannot be reached"), byWebSocket.IsToldAsync("The other side cannot reach the server"));
        await Task.WhenAll(bySignalR.VideoGoesOnAsync(), byWebSocket.VideoGoesOnAsync());
        network.Mend();
        await Task.WhenAll(bySignalR.IsToldNothingAsync(), byWebSocket.IsToldNothingAsync());

        await TextsGoBothWaysAsync(bySignalR, byWebSocket);
        string[] states = reconnect == AutomaticReconnect ? ["reconnecting", "reconnected"] : ["closed"];
        Assert.That(await StatesAsync(bySignalR), Is.EqualTo(states));
        await Task.WhenAll(HadOneCallAsync(bySignalR), HadOneCallAsync(byWebSocket));
        await HangsUpAndComesBackAsync(bySignalR, byWebSocket);
        await HangsUpAndComesBackAsync(byWebSocket, bySignalR);
    }

    [TestCase("")]
    [TestCase(AutomaticReconnect)]
    public async Task The_network_below_SignalR_swallows_all_for_a_while(string reconnect)
    {
        await using CuttableProxy network = new(Server.Address);
        (CallPage bySignalR, CallPage byWebSocket) = await MixedCallAsync(isFirst: true, SignalRPage.Wishes(more: reconnect), network.Address);

        network.Swallow();
        await byWebSocket.IsToldAsync("The other side cannot reach the server");
        network.Mend();
        await Task.WhenAll(bySignalR.IsToldNothingAsync(), byWebSocket.IsToldNothingAsync());

        await Task.WhenAll(HadOneCallAsync(bySignalR), HadOneCallAsync(byWebSocket));
        await HangsUpAndComesBackAsync(bySignalR, byWebSocket);
    }

    [Test]
    public async Task A_connection_that_is_stopped_with_the_hang_up_leaves_no_error_behind()
    {
        (CallPage bySignalR, CallPage byWebSocket) = await MixedCallAsync(isFirst: true, SignalRPage.Wishes());

        await bySignalR.Page.EvaluateAsync("() => { document.getElementById('hang-up').click(); return hubOfTest.stop(); }");

        await bySignalR.ReachesAsync("ended");
        await byWebSocket.ReachesAsync("waiting");
    }

    [Test]
    public async Task A_connection_that_is_stopped_within_a_call_is_started_again()
    {
        (CallPage bySignalR, CallPage byWebSocket) = await MixedCallAsync(isFirst: true, SignalRPage.Wishes());

        await bySignalR.Page.EvaluateAsync("() => hubOfTest.stop()");
        await bySignalR.Page.WaitForFunctionAsync("() => hubOfTest.state === 'Connected'");

        await bySignalR.IsToldNothingAsync();
        await HangsUpAndComesBackAsync(bySignalR, byWebSocket);
    }

    [Test]
    public async Task A_page_that_comes_by_SignalR_is_closed()
    {
        (CallPage bySignalR, CallPage byWebSocket) = await MixedCallAsync(isFirst: true, SignalRPage.Wishes());

        await bySignalR.Page.CloseAsync();

        await byWebSocket.ReachesAsync("waiting");
        await byWebSocket.IsToldAsync("The other side is gone");
    }

    [Test]
    public async Task An_address_where_no_hub_is_is_said_in_plain_words()
    {
        CallPage page = await OpenAsync(NewRoom(), "Alice", SignalRPage.Wishes("'/nothing'"));

        await page.ReachesAsync("ended");
        await Expect(page.Status).ToContainTextAsync("The server cannot be reached");
    }

    /// <summary>Opens a page of either kind, which are in a call then; the one by SignalR goes to the address that is given.</summary>
    private async Task<(CallPage BySignalR, CallPage ByWebSocket)> MixedCallAsync(bool isFirst, PageWishes wishes, Uri? address = null)
    {
        string room = NewRoom();
        CallPage? byWebSocket = null;
        if (!isFirst)
        {
            byWebSocket = await OpenAsync(room, "Bob");
            await byWebSocket.ReachesAsync("waiting");
        }

        CallPage bySignalR = await OpenAsync(room, "Alice", wishes, address);
        if (byWebSocket is null)
        {
            await bySignalR.ReachesAsync("waiting");
            byWebSocket = await OpenAsync(room, "Bob");
        }

        await Task.WhenAll(bySignalR.IsInCallAsync(), byWebSocket.IsInCallAsync());
        return (bySignalR, byWebSocket);
    }

    private static async Task TextsGoBothWaysAsync(CallPage one, CallPage other)
    {
        await one.SendAsync($"Hello from {one.Name}");
        await other.ReceivesAsync($"Hello from {one.Name}");
        await other.SendAsync($"Hello from {other.Name}");
        await one.ReceivesAsync($"Hello from {other.Name}");
    }

    private static async Task HangsUpAndComesBackAsync(CallPage goes, CallPage stays)
    {
        await goes.HangUpAsync();
        await stays.ReachesAsync("waiting");
        await stays.IsToldAsync("The other side hung up.");
        await goes.JoinButton.ClickAsync();
        await Task.WhenAll(goes.IsInCallAsync(), stays.IsInCallAsync());
    }

    /// <summary>What became of the page's connection to the hub, in order.</summary>
    private static Task<string[]> StatesAsync(CallPage page) => page.Page.EvaluateAsync<string[]>("() => statesOfTest");

    private static Task HadOneCallAsync(CallPage page) =>
        Expect(page.Page.Locator("#timeline .mark", new() { HasText = "call started" })).ToHaveCountAsync(1);
}
