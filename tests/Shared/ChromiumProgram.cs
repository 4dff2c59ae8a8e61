namespace RoomCall.Tests;

/// <summary>Debian's Chromium, or the one that <c>ROOMCALL_CHROMIUM</c> names.</summary>
internal static class ChromiumProgram
{
    /// <summary>What to say where there is none.</summary>
    public const string HowToInstall = "Chromium is not installed: apt-get install -y chromium, or name one in ROOMCALL_CHROMIUM.";

    /// <summary>With a camera that shows a moving picture and a microphone that beeps, and nothing that goes out by itself.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--use-fake-device-for-media-stream", "--allow-loopback-in-peer-connection",
    ];

    /// <summary>Camera and microphone without a permission.</summary>
    public static string AllowMedia => "--use-fake-ui-for-media-stream";

    /// <summary>Where it is; null: nowhere.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ROOMCALL_CHROMIUM") is { Length: > 0 } named)
            return File.Exists(named) ? named : null;

        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin");
        return folders.Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);
    }
}
