using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Playwright;
using RoomCall.TimeToOpen.Contenders;

namespace RoomCall.TimeToOpen.Browsers;

/// <summary>One call between two new pages, from the joiner's join to the data channel open on both sides.</summary>
internal sealed class Run(IBrowser browser, Arena arena, Contender contender, string media)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    // The one who waits has done so for a while: whatever it does after entering the room is done, and the joiner's code is loaded.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private readonly string _room = Guid.NewGuid().ToString("N");

    /// <summary>Whether the pages note down what happens, which costs a little time.</summary>
    public bool IsTraced { get; init; }

    /// <summary>Makes the call.</summary>
    /// <exception cref="RunFailedException">The data channel did not open on both sides.</exception>
    public async Task<RunResult> MakeAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(Limit, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        string stage = "the pages were not loaded";
        try
        {
            PeerPage[] peers = await Task.WhenAll(OpenAsync(), OpenAsync()).WaitAsync(either.Token);
            await using PeerPage first = peers[0], joiner = peers[1];
            Task failure = await UntilAsync(first.WaitAsync(), "the first was not told that it is in the room");
            await Task.Delay(Settling, TimeProvider.System, either.Token);
            Task<double[]> opened = Task.WhenAll(first.OpenedAsync(), joiner.OpenedAsync());
            double start = await joiner.JoinAsync().WaitAsync(either.Token);
            await UntilAsync(opened, "the data channel was not open on both sides");
            double[] at = await opened;
            return new RunResult(start, at[0], at[1]) { Traces = IsTraced ? [await first.TracedAsync(), await joiner.TracedAsync()] : [] };

            async Task<Task> UntilAsync(Task task, string otherwise)
            {
                stage = otherwise;
                Task ended = await Task.WhenAny(task, first.Failure, joiner.Failure).WaitAsync(either.Token);
                await ended;
                return ended;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RunFailedException($"{contender.Name}: {stage} within {Limit.TotalSeconds} s.");
        }
        catch (Exception fault) when (fault is InvalidOperationException or PlaywrightException && !cancellationToken.IsCancellationRequested)
        {
            throw new RunFailedException($"{contender.Name}: {stage}, {fault.Message.Split('\n')[0]}", fault);
        }
    }

    private Task<PeerPage> OpenAsync()
    {
        QueryBuilder query = new(contender.Setting)
        {
            { "contender", contender.Module },
            { "signaling", arena.SignalingOf(contender).GetLeftPart(UriPartial.Authority) },
            { "room", _room },
            { "media", media },
        };
        if (IsTraced) query.Add("trace", "yes");
        return PeerPage.OpenAsync(browser, new Uri(arena.Pages, $"/peer.html{query}"));
    }
}
