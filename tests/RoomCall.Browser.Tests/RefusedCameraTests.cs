using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RoomCall.Browser.Tests;

/// <summary>A browser that asks its user, who refuses camera and microphone (D5).</summary>
public sealed class RefusedCameraTests : PageFixture
{
    private static readonly PageWishes Refuses = new() { AllowsMedia = false };

    protected override bool AllowsMedia => false;

    [Test]
    public async Task Who_refuses_is_told_what_to_do_and_joins_without()
    {
        string room = NewRoom();
        CallPage alice = await OpenAsync(room, "Alice", Refuses);
        await alice.ReachesAsync("ended");
        await Expect(alice.Status).ToContainTextAsync("Camera and microphone were refused.");

        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Join without camera" }).ClickAsync();
        await alice.ReachesAsync("waiting");
        CallPage bob = await OpenAsync(room, "Bob", new PageWishes { Query = "&media=none" });

        await Task.WhenAll(alice.IsInCallAsync(), bob.IsInCallAsync());
        await bob.SendAsync("Hello");
        await alice.ReceivesAsync("Hello");
    }

    [Test]
    public async Task The_other_side_is_told_that_somebody_came_without_a_camera()
    {
        string room = NewRoom();
        CallPage alice = await OpenAsync(room, "Alice", new PageWishes { Query = "&media=none" });
        await alice.ReachesAsync("waiting");

        CallPage bob = await OpenAsync(room, "Bob", Refuses);

        await bob.ReachesAsync("ended");
        await alice.IsToldAsync("The other side got no camera or microphone.");
        await alice.ReachesAsync("waiting");
    }
}
