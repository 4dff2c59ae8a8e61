using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using RoomCall.LoadTest.Members;

namespace RoomCall.LoadTest.Servers;

/// <summary>A server in a process of its own, on a core of its own.</summary>
internal sealed partial class RunningServer : IAsyncDisposable
{
    // .NET compiles what is hot anew, but not while new code comes all the time, nor on a core that is full: with its usual delay of 100 ms
    // a measure of some seconds sees code that a server leaves behind in its first minutes.
    private const string TieringDelay = "DOTNET_TC_CallCountingDelayMs";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly ServerKind _kind;
    private readonly Process _process;

    private RunningServer(ServerKind kind, Process process)
    {
        _kind = kind;
        _process = process;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>The CPU time that all its threads have taken, in user mode and in the kernel.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>What its process has in memory, in bytes; pages that it shares with others count in part.</summary>
    public long Memory
    {
        get
        {
            string rollup = File.ReadAllText($"/proc/{_process.Id}/smaps_rollup");
            return 1024 * long.Parse(Pss().Match(rollup).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Starts a server; returns when it listens.</summary>
    public static async Task<RunningServer> StartAsync(ServerKind kind)
    {
        List<string> command = [.. kind.Command()];
        if (Cores.OfServers is { } core) command = Cores.Bind(command, core);
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardOutput = true };
        foreach ((string name, string value) in kind.Environment) start.Environment[name] = value;
        start.Environment[TieringDelay] = "0";
        start.Environment.Remove(Cores.InlineCompletions); // a server that calls an application's code must do without
        RunningServer server = new(kind, Process.Start(start)!);
        try
        {
            using CancellationTokenSource limit = new(StartLimit, TimeProvider.System);
            server.Address = await server.ReadAddressAsync(limit.Token);
            _ = server._process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None); // so that its output never blocks it
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public Member CreateMember() => _kind.CreateMember();

    /// <summary>Kills it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<IPEndPoint> ReadAddressAsync(CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match) return IPEndPoint.Parse(match.Groups[1].ValueSpan);
        }

        throw new InvalidOperationException($"The server {_kind.Name} ended before it listened.");
    }

    [GeneratedRegex(@"http://(127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();

    [GeneratedRegex(@"^Pss:\s+(\d+) kB", RegexOptions.Multiline)]
    private static partial Regex Pss();
}
