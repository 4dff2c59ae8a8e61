using RoomCall.LoadTest.Members;
using RoomCall.LoadTest.Servers;

namespace RoomCall.LoadTest.Measures;

/// <summary>How long it takes until all are admitted who join at the same moment, two to each room.</summary>
internal sealed class AdmitMeasure(int joins, int warmUpCalls) : IMeasure
{
    public string Title => $"Admission of {joins} who join at once";

    public IReadOnlyList<ServerKind> Beside { get; } = [ServerKinds.Named("raw-backlog-512")];

    public async Task<IReadOnlyList<Figure>> RunAsync(RunningServer server, CancellationToken cancellationToken)
    {
        await WarmUp.RunAsync(server, warmUpCalls, cancellationToken);
        Member[] members = [.. Enumerable.Range(0, joins).Select(_ => server.CreateMember())];
        Meter meter = new(server);
        await Task.WhenAll(members.Select((member, number) => member.JoinAsync(server.Address, $"admit-{number / 2}", cancellationToken)));
        Reading reading = meter.Read(joins);
        foreach (Member member in members) member.Dispose();
        return
        [
            new("all admitted, ms", reading.Elapsed.TotalMilliseconds),
            new("server CPU, µs/join", reading.ServerCpuEach),
            new("load CPU, µs/join", reading.LoadCpuEach, IsCompared: false),
        ];
    }
}
