using System.Collections.Concurrent;
using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace RoomCall.Browser.Tests;

/// <summary>One user's page, in a profile of its own.</summary>
internal sealed class CallPage
{
    /// <summary>Long enough for a partner that vanished to be given up: 9 s to notice, 15 s to come back, and a slow machine.</summary>
    public const float Patience = 60_000;

    /// <summary>How often a page is asked anew.</summary>
    private const float Pause = 100;

    // The page's own connections are not the test's to see, so each that it makes is noted down.
    private const string NotesConnections =
        """
        globalThis.connectionsOfTest = [];
        globalThis.RTCPeerConnection = class extends RTCPeerConnection {
          constructor(...given) {
            super(...given);
            connectionsOfTest.push(this);
          }
        };
        globalThis.totalOfTest = async (kind, field) => {
          let total = 0;
          for (const connection of connectionsOfTest.filter(each => each.connectionState !== 'closed')) {
            for (const report of (await connection.getStats()).values()) {
              if (report.type === 'inbound-rtp' && report.kind === kind) total += report[field] ?? 0;
            }
          }
          return total;
        };
        """;

    // Without a video card a picture of the page's size takes most of what two cores have.
    private const string SmallPicture =
        """
        const { getUserMedia } = MediaDevices.prototype;
        MediaDevices.prototype.getUserMedia = function(wanted) {
          return getUserMedia.call(this, wanted.video ? { ...wanted, video: { width: 320, height: 240 } } : wanted);
        };
        """;

    // Of the other side's picture, 0 to 255, as it is drawn.
    private const string Brightness =
        """
        () => {
          const canvas = new OffscreenCanvas(64, 36).getContext('2d');
          canvas.drawImage(document.getElementById('other-video'), 0, 0, 64, 36);
          const bytes = canvas.getImageData(0, 0, 64, 36).data.filter((_, at) => at % 4 !== 3);
          return bytes.reduce((sum, byte) => sum + byte, 0) / bytes.length;
        }
        """;

    private readonly ConcurrentQueue<string> _console = new();
    private readonly ConcurrentQueue<string> _uncaught = new();

    private ICDPSession? _devTools;

    private CallPage(IBrowserContext context, IPage page, string name)
    {
        Context = context;
        Page = page;
        Name = name;
        page.Console += (_, message) => _console.Enqueue($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => _uncaught.Enqueue($"{name}: {error}");
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public string Name { get; }

    /// <summary>What the page has reported as an error.</summary>
    public IEnumerable<string> Errors => _console.Where(line => line.StartsWith("error", StringComparison.Ordinal)).Select(line => $"{Name}: {line}");

    /// <summary>What the page's scripts threw and nobody caught.</summary>
    public IReadOnlyCollection<string> Uncaught => _uncaught;

    public ILocator Status => Page.Locator("#status");

    public ILocator Notice => Page.Locator("#notice");

    public ILocator HangUpButton => Page.GetByRole(AriaRole.Button, new() { Name = "Hang up" });

    public ILocator JoinButton => Page.GetByRole(AriaRole.Button, new() { Name = "Join again" });

    public ILocator TextBox => Page.GetByLabel("Text to send");

    public ILocator SendButton => Page.GetByRole(AriaRole.Button, new() { Name = "Send" });

    /// <summary>Opens a page; it joins the room by itself.</summary>
    public static async Task<CallPage> OpenAsync(IBrowser browser, Uri address, string room, string name, PageWishes wishes)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            AcceptDownloads = true,
            ColorScheme = wishes.ColorScheme,
            ViewportSize = wishes.Viewport,
        });
        context.SetDefaultTimeout(Patience);
        await context.AddInitScriptAsync(NotesConnections);
        if (!wishes.HasWholePicture)
            await context.AddInitScriptAsync(SmallPicture);
        if (wishes.Script is { } script)
            await context.AddInitScriptAsync(script);
        foreach ((string path, string text) in wishes.Scripts)
        {
            await context.RouteAsync($"**{path}", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = text }));
        }

        if (!wishes.AllowsMedia)
            await context.GrantPermissionsAsync([]);

        CallPage page = new(context, await context.NewPageAsync(), name);
        if (wishes.CanLosePackets)
            await page.LoseAllPacketsAsync(false);
        await page.Page.GotoAsync(new Uri(address, $"/?room={Uri.EscapeDataString(room)}&name={name}{wishes.Query}").AbsoluteUri);
        return page;
    }

    /// <summary>Waits until the call has come to a phase.</summary>
    public Task ReachesAsync(string phase) => Expect(Status).ToHaveAttributeAsync("data-phase", phase, new() { Timeout = Patience });

    /// <summary>Waits until a text can be sent.</summary>
    public async Task IsInCallAsync()
    {
        await ReachesAsync("connected");
        await Expect(SendButton).ToBeEnabledAsync(new() { Timeout = Patience });
    }

    public Task IsToldAsync(string text) => Expect(Notice).ToContainTextAsync(text, new() { Timeout = Patience });

    public Task IsToldNothingAsync() => Expect(Notice).ToHaveTextAsync("", new() { Timeout = Patience });

    public async Task HangUpAsync()
    {
        await HangUpButton.ClickAsync();
        await ReachesAsync("ended");
    }

    public async Task SendAsync(string text)
    {
        await TextBox.FillAsync(text);
        await SendButton.ClickAsync();
    }

    public Task ReceivesAsync(string text) =>
        Expect(Page.Locator("#texts .theirs").Last).ToContainTextAsync(text, new() { Timeout = Patience });

    /// <summary>Waits until frames of the other side's video go on being decoded, and the picture is not black.</summary>
    public async Task SeesOtherAsync()
    {
        await VideoGoesOnAsync();
        await Page.WaitForFunctionAsync($"() => ({Brightness})() > 20", null, Polling());
    }

    /// <summary>Waits until ten more frames of the other side's video are decoded.</summary>
    public async Task VideoGoesOnAsync()
    {
        double before = await Page.EvaluateAsync<double>("() => totalOfTest('video', 'framesDecoded')");
        await Page.WaitForFunctionAsync("async before => await totalOfTest('video', 'framesDecoded') >= before + 10", before, Polling());
    }

    /// <summary>Waits until the other side's picture is black.</summary>
    public Task IsDarkAsync() => Page.WaitForFunctionAsync($"() => ({Brightness})() < 5", null, Polling());

    /// <summary>Waits until sound of the other side is received.</summary>
    public Task HearsOtherAsync() => Page.WaitForFunctionAsync("async () => await totalOfTest('audio', 'totalAudioEnergy') > 0", null, Polling());

    /// <summary>Kills the page's process.</summary>
    public async Task CrashAsync()
    {
        TaskCompletionSource crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Page.Crash += (_, _) => crashed.TrySetResult();
        ICDPSession devTools = await Context.NewCDPSessionAsync(Page);
        Task answer = devTools.SendAsync("Page.crash");
        await crashed.Task.WaitAsync(TimeSpan.FromMilliseconds(Patience));
        _ = answer.ContinueWith(task => task.Exception, TaskScheduler.Default); // nobody is there to answer
    }

    /// <summary>Lets none of the page's WebRTC packets through, or all again.</summary>
    public async Task LoseAllPacketsAsync(bool isLost)
    {
        if (_devTools is null)
        {
            _devTools = await Context.NewCDPSessionAsync(Page);
            await _devTools.SendAsync("Network.enable");
        }

        await _devTools.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>
        {
            ["offline"] = false,
            ["latency"] = 0,
            ["downloadThroughput"] = 1e9,
            ["uploadThroughput"] = 1e9,
            ["packetLoss"] = isLost ? 100 : 0,
        });
    }

    /// <summary>What a failed test should show of this page.</summary>
    public async Task<string> DescribeAsync()
    {
        StringBuilder text = new($"--- {Name}\n");
        try
        {
            text.AppendLine(await Status.TextContentAsync(new() { Timeout = 1000 }));
            text.AppendLine(await Notice.TextContentAsync(new() { Timeout = 1000 }));
            text.AppendJoin('\n', await Page.Locator("#timeline li").AllInnerTextsAsync()).AppendLine();
        }
        catch (Exception fault) when (fault is PlaywrightException or TimeoutException)
        {
            text.AppendLine(fault.Message); // the page was closed or killed
        }

        return text.AppendJoin('\n', _console).ToString();
    }

    private static PageWaitForFunctionOptions Polling() => new() { PollingInterval = Pause, Timeout = Patience };
}
