using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace RoomCall.LoadTest.Servers;

/// <summary>Gives the servers one core and the load another. The load is bound by starting this program again: its runtime then counts
/// one core, and takes its threads accordingly.</summary>
internal static class Cores
{
    /// <summary>Makes a socket's continuations run on the thread that waits for sockets, which saves the load a hop for each message.</summary>
    public const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private const string ServerCore = "ROOMCALL_LOADTEST_SERVER_CORE";

    /// <summary>Whether this process is the one that was started again.</summary>
    public static bool AreGiven => Environment.GetEnvironmentVariable(ServerCore) is not null;

    /// <summary>The core that servers run on; null when nothing is bound.</summary>
    public static string? OfServers => Environment.GetEnvironmentVariable(ServerCore) is { Length: > 0 } core ? core : null;

    /// <summary>Runs this program again, on a core of its own where there are two and <c>taskset</c>.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAgainAsync(string[] arguments)
    {
        string program = Environment.ProcessPath!;
        List<string> command = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, "exec", Environment.GetCommandLineArgs()[0], .. arguments]
            : [program, .. arguments];
        bool bind = HasTaskset() && Allowed().Length >= 2;
        if (bind) command = Bind(command, Allowed()[1]);

        ProcessStartInfo start = new(command[0], command[1..]);
        start.Environment[ServerCore] = bind ? Allowed()[0] : "";
        start.Environment[InlineCompletions] = "1";
        using Process again = Process.Start(start)!;
        // Ctrl+C reaches all of them by itself; what ends this process alone must end the servers too.
        using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => again.Kill(entireProcessTree: true));
        await again.WaitForExitAsync();
        return again.ExitCode;
    }

    /// <summary>The same command, bound to a core.</summary>
    public static List<string> Bind(IEnumerable<string> command, string core) => ["taskset", "--cpu-list", core, .. command];

    private static bool HasTaskset() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "taskset")));

    private static string[] Allowed()
    {
        const string Key = "Cpus_allowed_list:";
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Key, StringComparison.Ordinal));
        return [.. line[Key.Length..].Trim().Split(',').SelectMany(Range)];
    }

    private static IEnumerable<string> Range(string range)
    {
        int[] ends = [.. range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1).Select(core => core.ToString(CultureInfo.InvariantCulture));
    }
}
