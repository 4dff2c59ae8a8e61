using System.Security.Cryptography;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RoomCall.Browser.Tests;

/// <summary>Two users in a call, and a third who comes.</summary>
public sealed class CallTests : PageFixture
{
    [Test]
    public async Task Each_sees_and_hears_the_other()
    {
        (CallPage alice, CallPage bob) = await CallAsync(new PageWishes { HasWholePicture = true });

        await Task.WhenAll(alice.SeesOtherAsync(), bob.SeesOtherAsync());
        await Task.WhenAll(alice.HearsOtherAsync(), bob.HearsOtherAsync());
    }

    [Test]
    public async Task Texts_go_both_ways()
    {
        (CallPage alice, CallPage bob) = await CallAsync();

        await alice.SendAsync("Hello, Bob!");
        await bob.ReceivesAsync("Hello, Bob!");
        await bob.SendAsync("<b>Hello</b>, Alice!");

        await alice.ReceivesAsync("<b>Hello</b>, Alice!");
    }

    [Test]
    public async Task Without_camera_and_microphone_texts_go_both_ways()
    {
        (CallPage alice, CallPage bob) = await CallAsync(new PageWishes { Query = "&media=none" });

        await alice.SendAsync("Hello, Bob!");
        await bob.ReceivesAsync("Hello, Bob!");
        await bob.SendAsync("Hello, Alice!");

        await alice.ReceivesAsync("Hello, Alice!");
    }

    [Test]
    public async Task One_who_has_no_camera_sees_the_other()
    {
        string room = NewRoom();
        CallPage alice = await OpenAsync(room, "Alice", new PageWishes { Query = "&media=none" });
        await alice.ReachesAsync("waiting");
        CallPage bob = await OpenAsync(room, "Bob");

        await alice.IsInCallAsync();
        await alice.SeesOtherAsync();
        await bob.IsInCallAsync();
    }

    [Test]
    public async Task A_file_of_5_MB_arrives_as_it_was()
    {
        byte[] content = new byte[5_000_000];
        new Random(5).NextBytes(content);
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        (CallPage alice, CallPage bob) = await CallAsync(new PageWishes { Query = "&media=none" });

        await alice.Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "noise.bin", MimeType = "application/octet-stream", Buffer = content });

        ILocator received = bob.Page.Locator("[data-transfer=received]");
        await Expect(received.Locator("code")).ToHaveTextAsync(hash, new() { Timeout = 60_000 });
        await Expect(alice.Page.Locator("[data-transfer=sent] code")).ToHaveTextAsync(hash);
        IDownload download = await bob.Page.RunAndWaitForDownloadAsync(() => received.GetByRole(AriaRole.Link).ClickAsync());
        Assert.That(download.SuggestedFilename, Is.EqualTo("noise.bin"));
        await using FileStream file = File.OpenRead(await download.PathAsync());
        Assert.That(Convert.ToHexStringLower(await SHA256.HashDataAsync(file)), Is.EqualTo(hash));
    }

    [Test]
    public async Task Files_dropped_on_the_page_are_sent_one_after_another()
    {
        (CallPage alice, CallPage bob) = await CallAsync(new PageWishes { Query = "&media=none" });
        IJSHandle dropped = await alice.Page.EvaluateHandleAsync(
            """
            () => {
              const transfer = new DataTransfer();
              transfer.items.add(new File(['first'], 'first.txt'));
              transfer.items.add(new File([], 'empty.txt'));
              return transfer;
            }
            """);

        await alice.Page.Locator("main").DispatchEventAsync("drop", new { dataTransfer = dropped });

        await Expect(bob.Page.Locator("[data-transfer=received] strong")).ToHaveTextAsync(["empty.txt", "first.txt"], new() { Timeout = 60_000 });
        await Expect(alice.Page.Locator("[data-transfer=sent]")).ToHaveCountAsync(2);
    }

    [Test]
    public async Task A_third_is_told_that_the_room_is_full_and_the_call_goes_on()
    {
        string room = NewRoom();
        (CallPage alice, CallPage bob) = await CallAsync(room: room);

        CallPage carol = await OpenAsync(room, "Carol");

        await carol.ReachesAsync("ended");
        await Expect(carol.Status).ToContainTextAsync("This room is full");
        await Expect(carol.Page.GetByRole(AriaRole.Link, new() { Name = "Open a new room" })).ToBeVisibleAsync();
        await Task.WhenAll(alice.VideoGoesOnAsync(), bob.VideoGoesOnAsync());
    }

    [Test]
    public async Task A_muted_camera_darkens_the_picture_and_comes_back()
    {
        (CallPage alice, CallPage bob) = await CallAsync();
        ILocator camera = alice.Page.GetByRole(AriaRole.Button, new() { Name = "Turn camera off" });

        await camera.ClickAsync();
        await Expect(camera).ToHaveAttributeAsync("aria-pressed", "true");
        await bob.IsDarkAsync();
        await camera.ClickAsync();

        await bob.SeesOtherAsync();
    }
}
