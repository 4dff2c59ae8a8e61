using System.Security.Cryptography;
using Microsoft.Playwright;
using RoomCall.Browser.Tests;
using RoomCall.Samples.Tests;
using static Microsoft.Playwright.Assertions;

namespace RoomCall.SipSorcery.Tests.Samples;

/// <summary>samples/NativePeer in calls with the page of samples/BrowserCall in real Chromium.</summary>
public sealed class NativePeerAndPageTests : PageFixture
{
    private static readonly PageWishes NoMedia = new() { Query = "&media=none" };

    [Test]
    public async Task A_page_that_comes_hears_the_tone_and_is_heard_and_seen()
    {
        string room = NewRoom();
        await using RunningSample native = Join(room);
        await native.WhenPrintedAsync("phase: Waiting");

        CallPage page = await OpenAsync(room, "Alice");

        await page.IsInCallAsync();
        await page.HearsOtherAsync();
        await native.WhenPrintedAsync("Alice is here");
        await WhenMediaComesAsync(native);
        await native.SignalAsync("INT");
        SampleResult result = await native.EndAsync();
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        await page.IsToldAsync("The other side hung up.");
    }

    [Test]
    public async Task One_that_comes_to_a_page_is_heard_and_hears_and_sees()
    {
        string room = NewRoom();
        CallPage page = await OpenAsync(room, "Alice");
        await page.ReachesAsync("waiting");

        await using RunningSample native = Join(room);

        await page.IsInCallAsync();
        await page.HearsOtherAsync();
        await WhenMediaComesAsync(native);
    }

    [Test]
    public async Task A_page_without_camera_and_microphone_has_its_texts_echoed_and_one_call_follows_another()
    {
        string room = NewRoom();
        await using RunningSample native = Join(room);
        await native.WhenPrintedAsync("phase: Waiting");
        CallPage page = await OpenAsync(room, "Alice", NoMedia);
        await page.IsInCallAsync();

        await page.SendAsync("Hello, Grüße 😀");
        await page.ReceivesAsync("echo: Hello, Grüße 😀");
        await native.TypeAsync("Hello, Alice!");
        await page.ReceivesAsync("Hello, Alice!");
        await page.HangUpAsync();
        await native.WhenPrintedAsync("The other side hung up.");
        await page.JoinButton.ClickAsync();
        await page.IsInCallAsync();
        await page.SendAsync("again");

        await page.ReceivesAsync("echo: again");
    }

    [Test]
    public async Task Files_go_both_ways()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("roomcall-");
        try
        {
            string room = NewRoom();
            byte[] content = new byte[300_000];
            new Random(3).NextBytes(content);
            string hash = Convert.ToHexStringLower(SHA256.HashData(content));
            string path = Path.Combine(folder.FullName, "sent.bin");
            await File.WriteAllBytesAsync(path, content);
            await using RunningSample native = Join(room, "--send", path, "--save", folder.FullName);
            await native.WhenPrintedAsync("phase: Waiting");
            CallPage page = await OpenAsync(room, "Alice", NoMedia);

            ILocator received = page.Page.Locator("[data-transfer=received]");
            await Expect(received.Locator("code")).ToHaveTextAsync(hash, new() { Timeout = CallPage.Patience });
            await Expect(received.Locator("strong")).ToHaveTextAsync("sent.bin");
            await native.WhenPrintedAsync($"-> file 'sent.bin' has arrived: SHA-256 {hash}");
            await page.Page.Locator("#file").SetInputFilesAsync(
                new FilePayload { Name = "page.bin", MimeType = "application/octet-stream", Buffer = content });
            await native.WhenPrintedAsync($"<- file 'page.bin': 300,000 bytes, SHA-256 {hash}, saved as");

            await Expect(page.Page.Locator("[data-transfer=sent] code")).ToHaveTextAsync(hash, new() { Timeout = CallPage.Patience });
            Assert.That(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "page.bin")), Is.EqualTo(content));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public async Task A_program_that_is_killed_is_noticed_by_the_page_and_the_next_call_works()
    {
        string room = NewRoom();
        CallPage page = await OpenAsync(room, "Alice", NoMedia);
        await page.ReachesAsync("waiting");
        await using (RunningSample native = Join(room))
        {
            await page.IsInCallAsync();

            native.Kill();

            await page.ReachesAsync("waiting");
        }

        await using RunningSample next = Join(room);
        await page.IsInCallAsync();
        await page.SendAsync("Here again");
        await page.ReceivesAsync("echo: Here again");
    }

    private static async Task WhenMediaComesAsync(RunningSample native)
    {
        // In either order.
        string first = await native.WhenPrintedAsync("<- audio begins", "<- video begins");
        await native.WhenPrintedAsync(first.Contains("audio", StringComparison.Ordinal) ? "<- video begins" : "<- audio begins");
    }

    private RunningSample Join(string room, params string[] more) => RunningSample.Start(
        "NativePeer", ["--server", new UriBuilder(Server.Address) { Scheme = "ws", Path = "/room" }.Uri.AbsoluteUri, "--room", room, .. more]);
}
