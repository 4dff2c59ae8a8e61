using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RoomCall.Browser.Tests;

/// <summary>The page itself: its address, the keyboard, small screens, screen readers.</summary>
public sealed class PageTests : PageFixture
{
    [Test]
    public async Task A_room_is_made_up_where_the_address_names_none_and_the_link_invites_to_it()
    {
        CallPage alice = await OpenAsync("", "Alice");
        await alice.ReachesAsync("waiting");
        await alice.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);

        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync();
        await Expect(alice.Page.Locator("#copied")).ToHaveTextAsync("Copied");
        Uri link = new(await alice.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        string room = Uri.UnescapeDataString(link.Query["?room=".Length..]);
        CallPage bob = await OpenAsync(room, "Bob");

        await Task.WhenAll(alice.IsInCallAsync(), bob.IsInCallAsync());
        await Expect(alice.Page.Locator("#room")).ToHaveTextAsync(room);
    }

    [Test]
    public async Task A_room_may_stand_behind_the_hash()
    {
        string room = $"Küche & Bad {Guid.NewGuid():N}";
        CallPage alice = await OpenAsync(room, "Alice", new PageWishes { Query = "&media=none" });
        await alice.ReachesAsync("waiting");

        CallPage bob = await OpenAsync("", "Bob", new PageWishes { Query = $"&media=none#{Uri.EscapeDataString(room)}" });

        await Task.WhenAll(alice.IsInCallAsync(), bob.IsInCallAsync());
    }

    [Test]
    public async Task A_name_of_a_room_that_no_server_takes_is_said_to_be_wrong()
    {
        CallPage alice = await OpenAsync(new string('x', 200), "Alice", new PageWishes { Query = "&media=none" });

        await Expect(alice.Status).ToContainTextAsync("128");
    }

    [Test]
    public async Task A_call_goes_by_keyboard_alone()
    {
        (CallPage alice, CallPage bob) = await CallAsync(new PageWishes { Query = "&media=none" });

        await alice.TextBox.FocusAsync();
        await alice.Page.Keyboard.TypeAsync("By keyboard");
        await alice.Page.Keyboard.PressAsync("Enter");
        await bob.ReceivesAsync("By keyboard");
        await alice.Page.Keyboard.PressAsync("Tab");
        await Expect(alice.SendButton).ToBeFocusedAsync();
        await alice.HangUpButton.FocusAsync();
        await alice.Page.Keyboard.PressAsync("Enter");
        await alice.ReachesAsync("ended");
        await Expect(alice.JoinButton).ToBeFocusedAsync();
        await alice.Page.Keyboard.PressAsync("Enter");

        await Task.WhenAll(alice.IsInCallAsync(), bob.IsInCallAsync());
        await Expect(alice.HangUpButton).ToBeFocusedAsync();
    }

    [Test]
    public async Task Sending_is_possible_only_while_the_channel_is_open()
    {
        (CallPage alice, CallPage bob) = await CallAsync(new PageWishes { Query = "&media=none" });
        await Expect(alice.Page.Locator("#file")).ToBeEnabledAsync();

        await bob.HangUpAsync();
        await alice.ReachesAsync("waiting");

        await Expect(alice.SendButton).ToBeDisabledAsync();
        await Expect(alice.Page.Locator("#file")).ToBeDisabledAsync();
        await Expect(bob.SendButton).ToBeDisabledAsync();
    }

    [Test]
    public async Task It_fits_a_phone()
    {
        (CallPage alice, _) = await CallAsync(new PageWishes { Viewport = new() { Width = 320, Height = 640 } });

        Assert.That(await alice.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(320));
    }

    [Test]
    public async Task Each_control_has_a_name_and_what_changes_is_read_out()
    {
        CallPage alice = await OpenAsync(NewRoom(), "Alice");
        await alice.ReachesAsync("waiting");

        await Expect(alice.Page.Locator("body")).ToMatchAriaSnapshotAsync(
            """
            - banner:
              - heading /Room test-/ [level=1]
              - button "Copy link"
            - main:
              - region "The call":
                - status: /You are alone here/
                - group "Controls of the call":
                  - button "Mute microphone"
                  - button "Turn camera off"
                  - button "Hang up"
              - region "Texts":
                - heading "Texts" [level=2]
                - log "Texts"
                - textbox "Text to send"
                - button "Send" [disabled]
              - region "Files":
                - heading "Files" [level=2]
              - region "How the call went":
                - heading "How the call went" [level=2]
            """);
    }

    [Test]
    public async Task The_timeline_shows_each_phase_with_its_milliseconds()
    {
        (_, CallPage bob) = await CallAsync(new PageWishes { Query = "&media=none" });

        ILocator phases = bob.Page.Locator("#timeline .phase .what");
        await Expect(phases.First).ToHaveTextAsync("Joining");
        await Expect(phases.Last).ToHaveTextAsync("Connected");
        await Expect(bob.Page.Locator("#timeline .phase .took").First).ToContainTextAsync("ms");
    }

    [Test]
    public async Task No_page_reports_an_error()
    {
        (CallPage alice, CallPage bob) = await CallAsync();
        await alice.HangUpAsync();
        await bob.ReachesAsync("waiting");

        Assert.That(alice.Errors.Concat(bob.Errors), Is.Empty);
    }
}
