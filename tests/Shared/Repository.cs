namespace RoomCall.Tests;

/// <summary>Where the files of the repository are that the tests were built in.</summary>
internal static class Repository
{
    // tests/X/bin/<configuration>/<framework>
    private static readonly DirectoryInfo Framework = new(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
    private static readonly DirectoryInfo Configuration = Framework.Parent!;

    public static string Root { get; } = Configuration.Parent!.Parent!.Parent!.Parent!.FullName;

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>The program of a sample, which is built beside the tests in the same configuration.</summary>
    public static string Sample(string name)
    {
        string path = Path("samples", name, "bin", Configuration.Name, Framework.Name, name + ".dll");
        Assert.That(path, Does.Exist, "The sample is not built.");
        return path;
    }
}
