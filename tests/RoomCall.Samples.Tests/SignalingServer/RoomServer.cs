using RoomCall.Tests;

namespace RoomCall.Samples.Tests;

/// <summary>The sample SignalingServer, as a process of its own on a port of loopback.</summary>
internal sealed class RoomServer : IAsyncDisposable
{
    private readonly RunningSample _process;

    private RoomServer(RunningSample process, string address) => (_process, Address) = (process, address);

    /// <summary>Where the rooms are.</summary>
    public string Address { get; }

    public Uri Http => new(Address.Replace("ws://", "http://", StringComparison.Ordinal));

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="environment">Its settings.</param>
    public static Task<RoomServer> StartAsync(params (string Name, string Value)[] environment) => StartAsync("http://127.0.0.1:0", environment);

    /// <summary>Starts it again, at the same address.</summary>
    public Task<RoomServer> StartAgainAsync() => StartAsync(Http.GetLeftPart(UriPartial.Authority), []);

    /// <summary>Stops it as an operating system does.</summary>
    public async Task<SampleResult> StopAsync()
    {
        await _process.SignalAsync("TERM");
        return await _process.EndAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<RoomServer> StartAsync(string url, (string Name, string Value)[] environment)
    {
        RunningSample process = RunningSample.Start("SignalingServer", ["--urls", url], [AtHome, .. environment]);
        try
        {
            string[] words = (await process.WhenPrintedAsync("Rooms are at ")).Split(' ', ',');
            return new RoomServer(process, words.Single(word => word.StartsWith("ws://", StringComparison.Ordinal)));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where its appsettings.json is.</summary>
    public static (string Name, string Value) AtHome =>
        ("ASPNETCORE_CONTENTROOT", Path.GetDirectoryName(Repository.Sample("SignalingServer"))!);
}
