using System.Diagnostics;
using System.Text.Json;

namespace RoomCall.LoadTest.Servers;

/// <summary>The relay on socket.io, whose packages are installed when it is first needed.</summary>
internal static class SocketIoRelay
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(3);

    public static string Folder { get; } = Path.Combine(BuiltProgram.Root, "benchmarks", "socketio-relay");

    private static string Package => Path.Combine(Folder, "node_modules", "socket.io", "package.json");

    /// <summary>Whether its packages are there.</summary>
    public static bool IsInstalled => File.Exists(Package);

    /// <summary>The version of socket.io that is installed.</summary>
    public static string Version
    {
        get
        {
            using JsonDocument package = JsonDocument.Parse(File.ReadAllBytes(Package));
            return package.RootElement.GetProperty("version").GetString()!;
        }
    }

    /// <summary>Installs the packages that package-lock.json names, unless they are there.</summary>
    public static async Task InstallAsync()
    {
        if (IsInstalled) return;
        ProcessStartInfo start = new("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = Folder };
        using Process npm = Process.Start(start)!;
        using CancellationTokenSource limit = new(InstallLimit, TimeProvider.System);
        await npm.WaitForExitAsync(limit.Token);
        if (npm.ExitCode != 0) throw new InvalidOperationException($"npm ci failed in {Folder}.");
    }
}
