using System.Diagnostics;
using System.Globalization;

namespace RoomCall.AspNetCore.Tests.Hostile;

/// <summary>Very many inputs from a seed against one running server. The ordinary run sends some; all of them:
/// <c>ROOMCALL_FUZZ_INPUTS=200000 dotnet test tests/RoomCall.AspNetCore.Tests -c Release --filter FullyQualifiedName~FuzzTests --logger "console;verbosity=detailed"</c>,
/// and <c>ROOMCALL_SEED=7</c> for others than the fixed ones.</summary>
public sealed class FuzzTests : HostileTests
{
    private const int DefaultInputs = 3_000;
    private const int DefaultSeed = 20_260_101;
    private const int Clients = 8;
    private const long MostMemoryKept = 16 * 1024 * 1024;
    private const long MostGrowth = 4 * 1024 * 1024;

    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(9);

    [Test]
    public async Task Nothing_that_clients_send_harms_the_server_or_another_room()
    {
        await StartAsync(options => options.ResumeTime = TimeSpan.FromSeconds(1));
        int inputs = Setting("ROOMCALL_FUZZ_INPUTS", DefaultInputs);
        int seed = Setting("ROOMCALL_SEED", DefaultSeed);
        await FuzzAsync(1_000, seed - 1); // so that what is made once is made
        await NobodyIsLeftAsync();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Stopwatch watch = Stopwatch.StartNew();

        (int connections, int resumed) = await FuzzAsync(inputs / 2, seed);
        await NobodyIsLeftAsync();
        long between = GC.GetTotalMemory(forceFullCollection: true);
        (int moreConnections, int moreResumed) = await FuzzAsync(inputs - inputs / 2, seed + 1);
        TimeSpan took = watch.Elapsed;
        await NobodyIsLeftAsync();
        long after = GC.GetTotalMemory(forceFullCollection: true);

        (connections, resumed) = (connections + moreConnections, resumed + moreResumed);
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"seed {seed}: {inputs:N0} inputs on {connections:N0} connections, {resumed:N0} of them resumed, in {took.TotalSeconds:F0} s; memory in KiB {before / 1024:N0} before, {between / 1024:N0} between and {after / 1024:N0} after; {Others.Exchanged:N0} numbers each way in the other room"));
        Assert.That(took, Is.LessThan(LongestRun));
        Assert.That(after - before, Is.LessThan(MostMemoryKept));
        Assert.That(after - between, Is.LessThan(MostGrowth), "what is pooled is pooled by then");
        Assert.That(resumed, Is.GreaterThan(0), "stays were reached, too");
    }

    private async Task<(int Connections, int Resumed)> FuzzAsync(int inputs, int seed)
    {
        Stopwatch watch = Stopwatch.StartNew();
        FuzzClient[] clients = [.. Enumerable.Range(0, Clients).Select(i => new FuzzClient(Host.Endpoint, seed + 1_000 * i))];
        await Task.WhenAll(clients.Select((client, i) => Task.Run(() =>
            client.RunAsync(inputs / Clients + (i < inputs % Clients ? 1 : 0), () => watch.Elapsed < LongestRun))));
        return (clients.Sum(client => client.Connections), clients.Sum(client => client.Resumed));
    }

    private async Task NobodyIsLeftAsync()
    {
        await AllGoneAsync();
        for (int i = 0; i < 500 && Host.Server.Broker.MemberCount > 2; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.That((Host.Server.Broker.MemberCount, Host.Server.Broker.RoomCount), Is.EqualTo((2, 1)), "those of the other room");
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : otherwise;
}
