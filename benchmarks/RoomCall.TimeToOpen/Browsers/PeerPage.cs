using Microsoft.Playwright;

namespace RoomCall.TimeToOpen.Browsers;

/// <summary>One of the two peers of a run: a page in a profile of its own.</summary>
internal sealed class PeerPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly IPage _page;
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PeerPage(IBrowserContext context, IPage page)
    {
        _context = context;
        _page = page;
        page.PageError += (_, error) => _failed.TrySetException(new InvalidOperationException($"a page's script threw: {error}"));
        page.Crash += (_, _) => _failed.TrySetException(new InvalidOperationException("a page crashed"));
    }

    /// <summary>Fails when the page does; ends in no other way.</summary>
    public Task Failure => _failed.Task;

    /// <summary>Opens the page; returns when its code is loaded.</summary>
    public static async Task<PeerPage> OpenAsync(IBrowser browser, Uri address)
    {
        IBrowserContext context = await browser.NewContextAsync();
        try
        {
            // Whoever may use the camera tells its addresses; other pages would hide them behind names, which takes multicast DNS to resolve.
            await context.GrantPermissionsAsync(["camera", "microphone"]);
            PeerPage peer = new(context, await context.NewPageAsync());
            await peer._page.GotoAsync(address.AbsoluteUri);
            await await Task.WhenAny(peer._page.WaitForFunctionAsync("() => globalThis.peer"), peer.Failure);
            return peer;
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    /// <summary>Enters the room and waits there for the other one.</summary>
    public Task WaitAsync() => _page.EvaluateAsync("() => peer.wait()");

    /// <summary>Enters the room where the other one waits.</summary>
    /// <returns>When it was asked to, in milliseconds.</returns>
    public Task<double> JoinAsync() => _page.EvaluateAsync<double>("() => peer.join()");

    /// <summary>Waits for the data channel.</summary>
    /// <returns>When it was open on this side, in milliseconds.</returns>
    public Task<double> OpenedAsync() => _page.EvaluateAsync<double>("() => peer.opened()");

    /// <summary>What a page that is traced has noted down.</summary>
    public Task<TracedEvent[]> TracedAsync() => _page.EvaluateAsync<TracedEvent[]>("() => traced");

    public async ValueTask DisposeAsync()
    {
        _ = Failure.ContinueWith(failure => failure.Exception, TaskScheduler.Default); // nobody may have looked
        await _context.DisposeAsync();
    }
}
