namespace RoomCall.Browser.Tests;

/// <summary>Where the files of the repository are.</summary>
internal static class Repository
{
    // tests/X/bin/<configuration>/<framework>
    private static readonly DirectoryInfo Root =
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar)).Parent!.Parent!.Parent!.Parent!.Parent!;

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root.FullName, .. parts]);
}
