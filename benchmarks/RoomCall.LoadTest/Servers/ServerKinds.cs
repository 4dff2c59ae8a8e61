using RoomCall.LoadTest.Members;

namespace RoomCall.LoadTest.Servers;

/// <summary>The servers that can be measured.</summary>
internal static class ServerKinds
{
    /// <summary>What every ratio is to.</summary>
    public const string Baseline = "raw-zero";

    private const string Address = "http://127.0.0.1:0";

    /// <summary>All, by name.</summary>
    public static IReadOnlyList<ServerKind> All { get; } =
    [
        new("raw", "relays and parses nothing, with a pinned receive buffer for each connection",
            () => RawRelay("--zero-byte", "false", "--backlog", "4096"), () => new RawMember()),
        new(Baseline, "the same, waiting with zero-byte reads",
            () => RawRelay("--zero-byte", "true", "--backlog", "4096"), () => new RawMember()),
        new("raw-backlog-512", "the same as raw-zero, with Kestrel's own listen backlog",
            () => RawRelay("--zero-byte", "true"), () => new RawMember()),
        new("roomcall", "RoomCall's server",
            () => ["dotnet", "exec", BuiltProgram.PathOf("benchmarks", "RoomCall.LoadServer"), "--urls", Address], () => new RoomCallMember()),
        new("socketio", "an ordinary room relay on socket.io",
            () => ["node", Path.Combine(SocketIoRelay.Folder, "server.js")], () => new SocketIoMember()),
    ];

    public static ServerKind Named(string name) => All.Single(kind => kind.Name == name);

    private static IReadOnlyList<string> RawRelay(params IEnumerable<string> arguments) =>
        ["dotnet", "exec", BuiltProgram.PathOf("benchmarks", "RawRelay"), "--urls", Address, .. arguments];
}
