namespace RoomCall.TimeToOpen.Contenders;

/// <summary>The contenders that can be measured.</summary>
internal static class AllContenders
{
    /// <summary>What every ratio is to.</summary>
    public const string Baseline = "book";

    private const string BookServer = "book-server.js";
    private const string PeerServer = "peer-server.js";

    public static IReadOnlyList<Contender> List { get; } =
    [
        new("roomcall", "RoomCall", "roomcall"),
        new(Baseline, "the book's flow on socket.io over the WebSocket alone", "book")
        {
            Server = BookServer,
            Setting = new Dictionary<string, string> { ["transports"] = "websocket" },
        },
        new("book-polling", "the same on socket.io as it is by default, which begins with HTTP", "book") { Server = BookServer },
        new("peerjs", "PeerJS, with ids of the page's choice", "peerjs") { Server = PeerServer },
        new("peerjs-asks-id", "the same where the joiner has the server choose its id", "peerjs")
        {
            Server = PeerServer,
            Setting = new Dictionary<string, string> { ["asksId"] = "yes" },
        },
    ];

    public static Contender Named(string name) => List.Single(contender => contender.Name == name);
}
