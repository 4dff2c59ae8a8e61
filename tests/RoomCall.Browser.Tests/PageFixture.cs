using Microsoft.Playwright;
using NUnit.Framework.Interfaces;

namespace RoomCall.Browser.Tests;

/// <summary>Tests with one browser, one server, and pages that are closed after each test.</summary>
[NonParallelizable]
public abstract class PageFixture
{
    private readonly List<CallPage> _pages = [];
    private Chromium? _chromium;
    private PageServer? _server;

    /// <summary>Whether pages that ask get camera and microphone without a permission.</summary>
    protected virtual bool AllowsMedia => true;

    private protected PageServer Server => _server!;

    private protected IBrowser Browser => _chromium!.Browser;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(CallPage.Patience);
        _chromium = await Chromium.LaunchAsync(AllowsMedia);
        _server = await PageServer.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    [TearDown]
    public async Task ClosePagesAsync()
    {
        bool hasFailed = TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed;
        foreach (CallPage page in _pages)
        {
            if (hasFailed)
                await TestContext.Out.WriteLineAsync(await page.DescribeAsync());
            await page.Context.CloseAsync();
        }

        string[] uncaught = [.. _pages.SelectMany(page => page.Uncaught)];
        _pages.Clear();
        if (hasFailed && _server is not null)
            await TestContext.Out.WriteLineAsync($"--- server\n{_server.Output}");
        Assert.That(uncaught, Is.Empty, "A page's script threw.");
    }

    /// <summary>A room that no other test is in.</summary>
    private protected static string NewRoom() => $"test-{Guid.NewGuid():N}";

    /// <summary>Opens a page of the server, or of the address that is given.</summary>
    private protected async Task<CallPage> OpenAsync(string room, string name, PageWishes? wishes = null, Uri? address = null)
    {
        CallPage page = await CallPage.OpenAsync(Browser, address ?? Server.Address, room, name, wishes ?? new PageWishes());
        _pages.Add(page);
        return page;
    }

    /// <summary>Opens two pages that are in a call: Alice came first.</summary>
    private protected async Task<(CallPage Alice, CallPage Bob)> CallAsync(PageWishes? wishes = null, Uri? address = null, string? room = null)
    {
        room ??= NewRoom();
        CallPage alice = await OpenAsync(room, "Alice", wishes, address);
        await alice.ReachesAsync("waiting");
        CallPage bob = await OpenAsync(room, "Bob", wishes, address);
        await alice.IsInCallAsync();
        await bob.IsInCallAsync();
        return (alice, bob);
    }
}
