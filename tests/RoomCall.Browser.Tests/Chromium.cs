using Microsoft.Playwright;
using RoomCall.Tests;

namespace RoomCall.Browser.Tests;

/// <summary>A Chromium of its own, with a camera that shows a moving picture and a microphone that beeps.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--use-fake-device-for-media-stream", "--allow-loopback-in-peer-connection",
    ];

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        Browser = browser;
    }

    public IBrowser Browser { get; }

    /// <summary>Starts it; the test is skipped where it is not installed.</summary>
    /// <param name="allowsMedia">Whether a page that asks gets camera and microphone; else it depends on the context's permissions.</param>
    public static async Task<Chromium> LaunchAsync(bool allowsMedia)
    {
        if (Find() is not { } path)
        {
            Tools.Missing("Chromium is not installed: apt-get install -y chromium, or name one in ROOMCALL_CHROMIUM.");
            throw new InvalidOperationException("A missing tool ends the test.");
        }

        IPlaywright playwright = await Playwright.CreateAsync();
        try
        {
            IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                Headless = true,
                Args = allowsMedia ? [.. Arguments, "--use-fake-ui-for-media-stream"] : Arguments,
            });
            return new Chromium(playwright, browser);
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ROOMCALL_CHROMIUM") is { Length: > 0 } named)
            return File.Exists(named) ? named : null;

        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin");
        return folders.Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);
    }
}
