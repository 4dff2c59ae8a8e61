using RoomCall.LoadTest.Measures;
using RoomCall.LoadTest.Reports;
using RoomCall.LoadTest.Servers;

namespace RoomCall.LoadTest;

/// <summary>Runs a measure on servers, each time in a new process: identical processes differ by a tenth, so every round has all servers,
/// in another order.</summary>
internal static class Rounds
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <param name="measure">What to measure.</param>
    /// <param name="servers">The servers.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>What was found.</returns>
    public static async Task<Results> RunAsync(
        IMeasure measure, IReadOnlyList<ServerKind> servers, int rounds, CancellationToken cancellationToken)
    {
        Results results = new(measure.Title);
        ServerKind[] measured = [.. servers.Union(measure.Beside)];
        for (int round = 0; round < rounds; round++)
        {
            foreach (ServerKind server in Rotated(measured, round)) results.Add(server.Name, await RunAsync(measure, server, round, cancellationToken));
        }

        return results;
    }

    private static async Task<IReadOnlyList<Figure>> RunAsync(IMeasure measure, ServerKind kind, int round, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(Limit, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        await using RunningServer server = await RunningServer.StartAsync(kind);
        IReadOnlyList<Figure> figures;
        try
        {
            figures = await measure.RunAsync(server, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"{kind.Name} has not come to an end in {Limit.TotalMinutes} minutes: {measure.Title}");
        }

        string told = string.Join(", ", figures.Select(figure => $"{figure.Name} {figure.Value:F1}"));
        await Console.Error.WriteLineAsync($"round {round + 1}, {measure.Title.Split(':', ',')[0]}, {kind.Name}: {told}");
        return figures;
    }

    private static IEnumerable<ServerKind> Rotated(ServerKind[] servers, int by) => servers.Select((_, place) => servers[(place + by) % servers.Length]);
}
