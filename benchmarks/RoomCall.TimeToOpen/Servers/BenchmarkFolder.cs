namespace RoomCall.TimeToOpen.Servers;

/// <summary>The folder that this program was built in, with the servers on node.</summary>
internal static class BenchmarkFolder
{
    // This program stands in bin/<configuration>/<framework>.
    private static readonly DirectoryInfo Framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>The folder of what runs on node.</summary>
    public static string Node { get; } = Path.Combine(Framework.Parent!.Parent!.Parent!.FullName, "node");

    /// <summary>The configuration that this program was built in.</summary>
    public static string Configuration => Framework.Parent!.Name;
}
