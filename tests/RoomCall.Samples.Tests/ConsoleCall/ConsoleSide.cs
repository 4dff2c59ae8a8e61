namespace RoomCall.Samples.Tests;

/// <summary>The sample ConsoleCall, as a process of its own.</summary>
internal static class ConsoleSide
{
    public static RunningSample Join(RoomServer server, string name, params string[] more) =>
        RunningSample.Start("ConsoleCall", ["--server", server.Address, "--room", "lobby", "--name", name, .. more]);
}
