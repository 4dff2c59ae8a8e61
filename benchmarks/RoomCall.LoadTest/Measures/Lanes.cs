using RoomCall.LoadTest.Members;
using RoomCall.LoadTest.Servers;

namespace RoomCall.LoadTest.Measures;

/// <summary>Both directions of some pairs.</summary>
internal sealed class Lanes : IDisposable
{
    private const int MostSamples = 1 << 21;
    private static readonly TimeSpan ArrivalLimit = TimeSpan.FromSeconds(10);

    private readonly Pair[] _pairs;

    private Lanes(Pair[] pairs, string payload)
    {
        _pairs = pairs;
        All = [.. pairs.SelectMany(pair => new[] { new Lane(pair.First, pair.Second, payload, Samples), new Lane(pair.Second, pair.First, payload, Samples) })];
    }

    /// <summary>The two of a pair after each other.</summary>
    public IReadOnlyList<Lane> All { get; }

    public Samples Samples { get; } = new(MostSamples);

    /// <summary>How many messages have come.</summary>
    public long Count => All.Sum(lane => lane.Count);

    /// <summary>Lets the pairs join.</summary>
    public static async Task<Lanes> OpenAsync(RunningServer server, int pairs, string payload, CancellationToken cancellationToken)
    {
        Pair[] joined = [.. Enumerable.Range(0, pairs).Select(_ => new Pair(server.CreateMember(), server.CreateMember()))];
        for (int pair = 0; pair < pairs; pair++) await joined[pair].JoinAsync(server.Address, $"pair-{pair}", cancellationToken);
        return new Lanes(joined, payload);
    }

    /// <summary>Waits until all that was sent has come.</summary>
    /// <exception cref="InvalidDataException">Some has not.</exception>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(ArrivalLimit, TimeProvider.System);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        while (All.Any(lane => lane.UnderWay > 0) && !limit.IsCancellationRequested) await timer.WaitForNextTickAsync(cancellationToken);
        foreach (Member member in _pairs.SelectMany(pair => new[] { pair.First, pair.Second }))
        {
            if (!member.Ended.IsCompleted) continue;
            await member.Ended;
            throw new InvalidDataException($"The server closed a connection with code {member.CloseCode}.");
        }

        if (All.Sum(lane => lane.UnderWay) is > 0 and var lost) throw new InvalidDataException($"{lost} messages did not arrive.");
    }

    public void Dispose()
    {
        foreach (Pair pair in _pairs) pair.Dispose();
    }
}
