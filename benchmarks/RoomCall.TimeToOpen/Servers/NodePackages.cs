using System.Diagnostics;
using System.Text.Json;

namespace RoomCall.TimeToOpen.Servers;

/// <summary>The packages of the contenders on node, installed when they are first needed.</summary>
internal static class NodePackages
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(3);

    /// <summary>Where they are.</summary>
    public static string Folder { get; } = Path.Combine(BenchmarkFolder.Node, "node_modules");

    // npm writes it last.
    private static bool AreInstalled => File.Exists(Path.Combine(Folder, ".package-lock.json"));

    /// <summary>Installs what package-lock.json names, unless it is there.</summary>
    public static async Task InstallAsync(CancellationToken cancellationToken)
    {
        if (AreInstalled) return;
        await Console.Error.WriteLineAsync("Installing the contenders' packages.");
        ProcessStartInfo start = new("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = BenchmarkFolder.Node, RedirectStandardOutput = true };
        using Process npm = Process.Start(start)!;
        using CancellationTokenSource limit = new(InstallLimit, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await npm.StandardOutput.BaseStream.CopyToAsync(Stream.Null, either.Token);
            await npm.WaitForExitAsync(either.Token);
        }
        finally
        {
            if (!npm.HasExited) npm.Kill(entireProcessTree: true);
        }

        if (npm.ExitCode != 0) throw new InvalidOperationException($"npm ci failed in {BenchmarkFolder.Node}.");
    }

    /// <summary>A package's version that is installed.</summary>
    public static string VersionOf(string package)
    {
        using JsonDocument description = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, package, "package.json")));
        return description.RootElement.GetProperty("version").GetString()!;
    }
}
