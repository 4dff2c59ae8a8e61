namespace RoomCall.LoadTest.Servers;

/// <summary>Finds what was built along with this program, in the same configuration.</summary>
internal static class BuiltProgram
{
    // This program stands in benchmarks/RoomCall.LoadTest/bin/<configuration>/<framework>.
    private static readonly DirectoryInfo Framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = Framework.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>The configuration that this program was built in.</summary>
    public static string Configuration => Framework.Parent!.Name;

    public static string PathOf(string folder, string project)
    {
        string path = Path.Combine(Root, folder, project, "bin", Configuration, Framework.Name, project + ".dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{project} is not built in the configuration {Configuration}.", path);
    }
}
