using Microsoft.Playwright;

namespace RoomCall.Browser.Tests;

/// <summary>Pictures of the page for the documentation: <c>dotnet test tests/RoomCall.Browser.Tests --filter Name~Pictures</c>.</summary>
[Explicit("Writes docs/images.")]
public sealed class Screenshots : PageFixture
{
    private static readonly ViewportSize Desk = new() { Width = 1200, Height = 860 };

    private static readonly ViewportSize Phone = new() { Width = 390, Height = 844 };

    [Test]
    public async Task Pictures_of_the_main_states()
    {
        CallPage waiting = await OpenAsync("lobby", "Alice", new PageWishes { Viewport = Desk });
        await waiting.ReachesAsync("waiting");
        await TakeAsync(waiting, "browser-waiting");

        CallPage bob = await OpenAsync("lobby", "Bob", new PageWishes { Viewport = Desk, ColorScheme = ColorScheme.Dark });
        await Task.WhenAll(waiting.SeesOtherAsync(), bob.SeesOtherAsync());
        await waiting.SendAsync("Hello, Bob! Can you see me?");
        await bob.ReceivesAsync("Can you see me?");
        await bob.SendAsync("Yes, and I hear you well. Here is the plan.");
        await waiting.ReceivesAsync("Here is the plan.");
        await bob.Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "plan.pdf", MimeType = "application/pdf", Buffer = new byte[1_482_113] });
        await Assertions.Expect(waiting.Page.Locator("[data-transfer=received]")).ToHaveCountAsync(1);
        await TakeAsync(waiting, "browser-call-light");
        await TakeAsync(bob, "browser-call-dark");

        CallPage carol = await OpenAsync("lobby", "Carol", new PageWishes { Viewport = Desk });
        await carol.ReachesAsync("ended");
        await TakeAsync(carol, "browser-room-full");

        await waiting.Page.SetViewportSizeAsync(Phone.Width, Phone.Height);
        await waiting.SeesOtherAsync();
        await TakeAsync(waiting, "browser-call-phone");
    }

    private static async Task TakeAsync(CallPage page, string name) =>
        await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.Path("docs", "images", name + ".png") });
}
