using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RoomCall.TimeToOpen.Servers;

/// <summary>A signaling server on node, in a process of its own, which ends when this program does.</summary>
internal sealed partial class NodeServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private NodeServer(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts one; returns when it listens.</summary>
    public static async Task<NodeServer> StartAsync(string script, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new("node", [Path.Combine(BenchmarkFolder.Node, script)]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Process process = Process.Start(start)!;
        try
        {
            using CancellationTokenSource limit = new(StartLimit, TimeProvider.System);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            string said = await process.StandardOutput.ReadLineAsync(either.Token) ?? "";
            if (Listening().Match(said) is not { Success: true } match) throw new InvalidOperationException($"{script} did not listen: {said}");
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None); // so that its output never blocks it
            return new NodeServer(process, new Uri(match.Value));
        }
        catch
        {
            await EndAsync(process);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await EndAsync(_process);

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
