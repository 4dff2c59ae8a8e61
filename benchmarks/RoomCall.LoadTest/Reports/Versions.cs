using System.Diagnostics;
using System.Runtime.InteropServices;
using RoomCall.LoadTest.Servers;

namespace RoomCall.LoadTest.Reports;

/// <summary>What the figures hold for.</summary>
internal static class Versions
{
    public static async Task<string> DescribeAsync(IEnumerable<ServerKind> servers)
    {
        string cores = Cores.OfServers is { } core
            ? $"server on core {core}, load on another"
            : "server and load bound to no core (that takes two cores, and taskset), so the ratios are rough";
        string node = servers.Any(server => server.Name == "socketio") ? $", node {await NodeVersionAsync()}, socket.io {SocketIoRelay.Version}" : "";
        return $"{RuntimeInformation.FrameworkDescription} ({BuiltProgram.Configuration}){node}, {RuntimeInformation.OSDescription}, {Processor()}; {cores}.";
    }

    private static async Task<string> NodeVersionAsync()
    {
        using Process node = Process.Start(new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true })!;
        return (await node.StandardOutput.ReadToEndAsync()).Trim();
    }

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1]
        ?? RuntimeInformation.ProcessArchitecture.ToString();
}
