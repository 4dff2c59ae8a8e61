using System.Diagnostics;
using System.Runtime.InteropServices;
using RoomCall.TimeToOpen.Contenders;
using RoomCall.TimeToOpen.Servers;

namespace RoomCall.TimeToOpen.Reports;

/// <summary>What the figures hold for.</summary>
internal static class Conditions
{
    private static readonly string[] Packages = ["socket.io", "socket.io-client", "peerjs", "peer"];

    public static async Task<string> DescribeAsync(string chromium, IEnumerable<Contender> contenders)
    {
        string node = contenders.Any(contender => contender.Server is not null)
            ? $", node {await NodeVersionAsync()}, {string.Join(", ", Packages.Select(package => $"{package} {NodePackages.VersionOf(package)}"))}"
            : "";
        return $"{RuntimeInformation.FrameworkDescription} ({BenchmarkFolder.Configuration}), Chromium {chromium}{node}, {RuntimeInformation.OSDescription}, "
            + $"{Environment.ProcessorCount} processors.";
    }

    private static async Task<string> NodeVersionAsync()
    {
        using Process node = Process.Start(new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true })!;
        return (await node.StandardOutput.ReadToEndAsync()).Trim();
    }
}
