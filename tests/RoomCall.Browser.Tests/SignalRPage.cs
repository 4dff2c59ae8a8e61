using RoomCall.Tests;

namespace RoomCall.Browser.Tests;

/// <summary>The sample's page as it would be if it came by SignalR: its <c>joinCall</c> is given a connection of <c>@microsoft/signalr</c>.</summary>
internal static class SignalRPage
{
    private const string Library = "/_content/RoomCall.AspNetCore/roomcall.js";
    private const string Package = "/signalr-of-test.js";

    /// <summary>What is special about it; a test is skipped where the package is not installed.</summary>
    /// <param name="url">The arguments of <c>withUrl</c>.</param>
    /// <param name="more">More calls of the builder of the connection.</param>
    public static PageWishes Wishes(string url = "'/hub'", string more = "") => new()
    {
        Scripts = new Dictionary<string, string>
        {
            [Package] = ReadPackage(),
            [Library] =
                $$"""
                import '{{Package}}';
                import { RoomCallError, joinCall as join } from '{{Library}}?of-the-server';
                import { signalRTransport } from '/_content/RoomCall.AspNetCore/roomcall-signalr.js';

                const connection = new signalR.HubConnectionBuilder().withUrl({{url}}){{more}}.build();
                globalThis.hubOfTest = connection;
                globalThis.statesOfTest = [];
                connection.onreconnecting(() => statesOfTest.push('reconnecting'));
                connection.onreconnected(() => statesOfTest.push('reconnected'));
                connection.onclose(() => statesOfTest.push('closed'));

                export { RoomCallError };
                export const joinCall = (room, options) => join(room, { ...options, transport: signalRTransport(connection) });
                """,
        },
    };

    private static string ReadPackage()
    {
        string path = Repository.Path("tests", "RoomCall.Browser.Tests", "npm", "node_modules", "@microsoft/signalr/dist/browser/signalr.js");
        if (!File.Exists(path))
            Tools.Missing("@microsoft/signalr is not installed: npm ci --prefix tests/RoomCall.Browser.Tests/npm --no-audit --no-fund");

        return File.ReadAllText(path);
    }
}
