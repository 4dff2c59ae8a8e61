using Microsoft.Playwright;
using RoomCall.Tests;

namespace RoomCall.Browser.Tests;

/// <summary>Pictures of the page for the documentation. They are written into docs/images with
/// <c>ROOMCALL_WRITE_PICTURES=1 dotnet test tests/RoomCall.Browser.Tests --filter Name~Pictures</c>, else beside the test.</summary>
public sealed class Screenshots : PageFixture
{
    private static readonly ViewportSize Desk = new() { Width = 1200, Height = 860 };

    private static readonly ViewportSize Phone = new() { Width = 390, Height = 844 };

    // The camera of the browser shows a plain green; this one draws somebody who moves a little.
    private const string Somebody =
        """
        const shirt = new URLSearchParams(location.search).get('name') === 'Alice' ? '#3f6ea8' : '#b0632f';
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async constraints => {
          const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
          const brush = canvas.getContext('2d');
          const dot = (x, y, width, height, color) => {
            brush.fillStyle = color;
            brush.beginPath();
            brush.ellipse(x, y, width, height, 0, 0, 7);
            brush.fill();
          };
          setInterval(() => {
            const sway = 12 * Math.sin(performance.now() / 500);
            const wall = brush.createLinearGradient(0, 0, 1280, 720);
            wall.addColorStop(0, '#d9cdb8');
            wall.addColorStop(1, '#9c8f7d');
            brush.fillStyle = wall;
            brush.fillRect(0, 0, 1280, 720);
            dot(640 + sway, 760, 330, 270, shirt);
            dot(640 + sway, 310, 150, 190, '#c99470');
            dot(640 + sway, 205, 160, 105, '#4a3527');
            dot(585 + sway, 315, 14, 16, '#2b2119');
            dot(695 + sway, 315, 14, 16, '#2b2119');
            dot(640 + sway, 415, 48, 14, '#8f4a3c');
          }, 40);
          return new MediaStream([...canvas.captureStream(25).getTracks(), ...(await ask({ audio: constraints.audio })).getTracks()]);
        };
        """;

    private static readonly PageWishes AtDesk = new() { Viewport = Desk, Script = Somebody };

    [Test]
    public async Task Pictures_of_the_main_states()
    {
        CallPage waiting = await OpenAsync("lobby", "Alice", AtDesk);
        await Assertions.Expect(waiting.Page.Locator("#own")).ToHaveAttributeAsync("data-picture", "there");
        await TakeAsync(waiting, "browser-waiting");

        CallPage bob = await OpenAsync("lobby", "Bob", AtDesk with { ColorScheme = ColorScheme.Dark });
        await Task.WhenAll(waiting.SeesOtherAsync(), bob.SeesOtherAsync());
        await waiting.SendAsync("Hello, Bob! Can you see me?");
        await bob.ReceivesAsync("Can you see me?");
        await bob.SendAsync("Yes, and I hear you well. Here is the plan.");
        await waiting.ReceivesAsync("Here is the plan.");
        await bob.Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "plan.pdf", MimeType = "application/pdf", Buffer = new byte[1_482_113] });
        await Assertions.Expect(waiting.Page.Locator("[data-transfer=received]")).ToHaveCountAsync(1);
        await TakeAsync(waiting, "browser-call-light");
        await TakeAsync(bob, "browser-call-dark");

        CallPage carol = await OpenAsync("lobby", "Carol", AtDesk);
        await carol.ReachesAsync("ended");
        await TakeAsync(carol, "browser-room-full");

        await waiting.Page.SetViewportSizeAsync(Phone.Width, Phone.Height);
        await waiting.SeesOtherAsync();
        await TakeAsync(waiting, "browser-call-phone");
    }

    private static async Task TakeAsync(CallPage page, string name)
    {
        string folder = Environment.GetEnvironmentVariable("ROOMCALL_WRITE_PICTURES") == "1"
            ? Repository.Path("docs", "images")
            : Path.Combine(TestContext.CurrentContext.WorkDirectory, "pictures");
        await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
