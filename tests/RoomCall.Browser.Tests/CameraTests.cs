using static Microsoft.Playwright.Assertions;

namespace RoomCall.Browser.Tests;

/// <summary>Users who are slow to allow their camera (D1).</summary>
public sealed class CameraTests : PageFixture
{
    // The user decides when the test says so.
    private static readonly PageWishes SlowToAllow = new()
    {
        Script =
            """
            const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            const allowed = new Promise(resolve => { globalThis.allowOfTest = resolve; });
            navigator.mediaDevices.getUserMedia = async constraints => {
              await allowed;
              return ask(constraints);
            };
            """,
    };

    [Test]
    public async Task The_first_allows_its_camera_after_the_second_has_come()
    {
        string room = NewRoom();
        CallPage alice = await OpenAsync(room, "Alice", SlowToAllow);
        await alice.ReachesAsync("waiting");
        CallPage bob = await OpenAsync(room, "Bob");
        await alice.ReachesAsync("preparing");
        await Expect(alice.Status).ToContainTextAsync("Allow camera and microphone");
        await bob.ReachesAsync("negotiating");

        await alice.Page.EvaluateAsync("() => allowOfTest()");

        await Task.WhenAll(alice.IsInCallAsync(), bob.IsInCallAsync());
        await Task.WhenAll(alice.SeesOtherAsync(), bob.SeesOtherAsync());
    }

    [Test]
    public async Task The_second_allows_its_camera_when_the_offer_is_there_already()
    {
        string room = NewRoom();
        CallPage alice = await OpenAsync(room, "Alice");
        await alice.ReachesAsync("waiting");
        CallPage bob = await OpenAsync(room, "Bob", SlowToAllow);
        await alice.ReachesAsync("negotiating");
        await bob.ReachesAsync("preparing");

        await bob.Page.EvaluateAsync("() => allowOfTest()");

        await Task.WhenAll(alice.IsInCallAsync(), bob.IsInCallAsync());
        await Task.WhenAll(alice.SeesOtherAsync(), bob.SeesOtherAsync());
    }

    [Test]
    public async Task Who_never_allows_it_can_hang_up()
    {
        string room = NewRoom();
        CallPage alice = await OpenAsync(room, "Alice");
        await alice.ReachesAsync("waiting");
        CallPage bob = await OpenAsync(room, "Bob", SlowToAllow);
        await bob.ReachesAsync("preparing");

        await bob.HangUpAsync();

        await alice.IsToldAsync("The other side hung up.");
    }
}
