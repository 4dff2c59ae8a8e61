namespace RoomCall.TimeToOpen.Contenders;

/// <summary>The contenders that can be measured.</summary>
internal static class AllContenders
{
    /// <summary>What every ratio is to.</summary>
    public const string Baseline = "book";

    private const string BookServer = "book-server.js";

    public static IReadOnlyList<Contender> List { get; } =
    [
        new("roomcall", "RoomCall", "roomcall"),
        new(Baseline, "the book's flow on socket.io over the WebSocket alone", "book")
        {
            Server = BookServer,
            Setting = new Dictionary<string, string> { ["transports"] = "websocket" },
        },
        new("book-polling", "the same on socket.io as it is by default, which begins with HTTP", "book") { Server = BookServer },
        new("peerjs", "PeerJS, with ids of the page's choice", "peerjs") { Server = "peer-server.js" },
    ];

    public static Contender Named(string name) => List.Single(contender => contender.Name == name);
}
