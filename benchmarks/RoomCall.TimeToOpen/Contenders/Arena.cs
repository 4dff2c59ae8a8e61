using RoomCall.TimeToOpen.Network;
using RoomCall.TimeToOpen.Servers;

namespace RoomCall.TimeToOpen.Contenders;

/// <summary>The page's server, and the contenders' signaling servers, each behind a slow network of its own.</summary>
internal sealed class Arena : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _running = new();
    private readonly Dictionary<string, Uri> _signaling = [];

    private Arena()
    {
    }

    /// <summary>Where the pages are, which is near.</summary>
    public Uri Pages { get; private set; } = new("http://127.0.0.1:0");

    public static async Task<Arena> OpenAsync(IReadOnlyList<Contender> contenders, TimeSpan roundTrip, CancellationToken cancellationToken)
    {
        if (contenders.Any(contender => contender.Server is not null)) await NodePackages.InstallAsync(cancellationToken);
        Arena arena = new();
        try
        {
            PageHost pages = arena.Keep(await PageHost.StartAsync(cancellationToken));
            arena.Pages = pages.Address;
            foreach (IGrouping<string?, Contender> sharing in contenders.GroupBy(contender => contender.Server))
            {
                Uri server = sharing.Key is { } script ? arena.Keep(await NodeServer.StartAsync(script, cancellationToken)).Address : pages.Address;
                Uri address = arena.Keep(new DelayingProxy(server, roundTrip)).Address;
                foreach (Contender contender in sharing) arena._signaling[contender.Name] = address;
            }

            return arena;
        }
        catch
        {
            await arena.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where a contender's server is reached over the slow network.</summary>
    public Uri SignalingOf(Contender contender) => _signaling[contender.Name];

    public async ValueTask DisposeAsync()
    {
        while (_running.TryPop(out IAsyncDisposable? last)) await last.DisposeAsync();
    }

    private T Keep<T>(T running)
        where T : IAsyncDisposable
    {
        _running.Push(running);
        return running;
    }
}
