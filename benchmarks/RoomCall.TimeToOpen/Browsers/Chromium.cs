using Microsoft.Playwright;
using RoomCall.Tests;

namespace RoomCall.TimeToOpen.Browsers;

/// <summary>A Chromium without a window, whose camera and microphone are made up.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        Browser = browser;
    }

    public IBrowser Browser { get; }

    public static async Task<Chromium> LaunchAsync()
    {
        string path = ChromiumProgram.Find() ?? throw new FileNotFoundException(ChromiumProgram.HowToInstall);
        IPlaywright playwright = await Playwright.CreateAsync();
        try
        {
            IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                Headless = true,
                Args = [.. ChromiumProgram.Arguments, ChromiumProgram.AllowMedia],

                // This program closes it, also when it is interrupted.
                HandleSIGINT = false,
                HandleSIGTERM = false,
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
