using Microsoft.Playwright;

namespace RoomCall.Browser.Tests;

/// <summary>What is special about a page.</summary>
internal sealed record PageWishes
{
    /// <summary>More of the address, such as <c>&amp;media=none</c>.</summary>
    public string Query { get; init; } = "";

    /// <summary>A script that runs before the page's own.</summary>
    public string? Script { get; init; }

    /// <summary>Scripts that the page gets in the place of the server's, by their paths.</summary>
    public IReadOnlyDictionary<string, string> Scripts { get; init; } = new Dictionary<string, string>();

    /// <summary>False: the browser refuses camera and microphone.</summary>
    public bool AllowsMedia { get; init; } = true;

    /// <summary>Whether the camera has as many pixels as the page asks for; else fewer, which costs less.</summary>
    public bool HasWholePicture { get; init; }

    /// <summary>Whether packets can be lost later.</summary>
    public bool CanLosePackets { get; init; }

    public ColorScheme ColorScheme { get; init; } = ColorScheme.Light;

    public ViewportSize Viewport { get; init; } = new() { Width = 1280, Height = 900 };
}
