using RoomCall.LoadTest.Members;

namespace RoomCall.LoadTest.Servers;

/// <summary>The servers that can be measured.</summary>
internal static class ServerKinds
{
    /// <summary>What every ratio is to, unless another is named.</summary>
    public const string Baseline = "raw-zero";

    private const string Address = "http://127.0.0.1:0";

    /// <summary>All, by name.</summary>
    public static IReadOnlyList<ServerKind> All { get; } =
    [
        new("raw", "relays and parses nothing, with a pinned receive buffer for each connection",
            () => Program("RawRelay", "--zero-byte", "false", "--backlog", "4096"), () => new RawMember()),
        new(Baseline, "the same, waiting with zero-byte reads",
            () => Program("RawRelay", "--zero-byte", "true", "--backlog", "4096"), () => new RawMember()),
        new("raw-backlog-512", "the same as raw-zero, with Kestrel's own listen backlog",
            () => Program("RawRelay", "--zero-byte", "true"), () => new RawMember()),
        new("roomcall", "RoomCall's server",
            () => Program("RoomCall.LoadServer"), () => new RoomCallMember()),
        new("roomcall-hub", "RoomCall's server, by its SignalR hub",
            () => Program("RoomCall.LoadServer"), () => new RoomCallHubMember()),
        new("signalr", "a hand-written SignalR hub: each room a group, and messages to the others of the group",
            () => Program("HandWrittenHub"), () => new SignalRMember()),
        new("socketio", "an ordinary room relay on socket.io",
            () => ["node", Path.Combine(SocketIoRelay.Folder, "server.js")], () => new SocketIoMember()),
    ];

    public static ServerKind Named(string name) => All.Single(kind => kind.Name == name);

    private static IReadOnlyList<string> Program(string project, params IEnumerable<string> arguments) =>
        ["dotnet", "exec", BuiltProgram.PathOf("benchmarks", project), "--urls", Address, .. arguments];
}
