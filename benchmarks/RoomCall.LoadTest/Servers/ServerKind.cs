using RoomCall.LoadTest.Members;

namespace RoomCall.LoadTest.Servers;

/// <summary>A server that can be measured: how it is started, and who speaks with it.</summary>
/// <param name="Name">What it is called on the command line and in the tables.</param>
/// <param name="Description">What it is, for the command's help.</param>
/// <param name="Command">The program and its arguments; it prints <c>http://127.0.0.1:PORT</c> when it listens.</param>
/// <param name="CreateMember">Makes a client of it.</param>
internal sealed record ServerKind(string Name, string Description, Func<IReadOnlyList<string>> Command, Func<Member> CreateMember)
{
    /// <summary>Set in the server's environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
