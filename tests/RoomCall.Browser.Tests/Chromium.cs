using Microsoft.Playwright;
using RoomCall.Tests;

namespace RoomCall.Browser.Tests;

/// <summary>A Chromium of its own, with a camera that shows a moving picture and a microphone that beeps.</summary>
internal sealed class Chromium : IAsyncDisposable
{
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
        if (ChromiumProgram.Find() is not { } path)
        {
            Tools.Missing(ChromiumProgram.HowToInstall);
            throw new InvalidOperationException("A missing tool ends the test.");
        }

        IPlaywright playwright = await Playwright.CreateAsync();
        try
        {
            IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                Headless = true,
                Args = allowsMedia ? [.. ChromiumProgram.Arguments, ChromiumProgram.AllowMedia] : ChromiumProgram.Arguments,
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
}
