using RoomCall.Browser.Tests;
using RoomCall.Samples.Tests;

namespace RoomCall.SipSorcery.Tests.Samples;

/// <summary>Tests of samples/NativePeer against one server, samples/BrowserCall.</summary>
[NonParallelizable]
public abstract class NativePeerFixture
{
    private PageServer? _server;

    /// <summary>Where the server's rooms are.</summary>
    protected Uri Rooms => new UriBuilder(_server!.Address) { Scheme = "ws", Path = "/room" }.Uri;

    /// <summary>A folder of this test alone.</summary>
    protected string Folder { get; private set; } = "";

    [OneTimeSetUp]
    public async Task StartServerAsync() => _server = await PageServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopServerAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    [SetUp]
    public void MakeFolder() => Folder = Directory.CreateTempSubdirectory("roomcall-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Folder, recursive: true);

    /// <summary>A room that no other test is in.</summary>
    protected static string NewRoom() => $"test-{Guid.NewGuid():N}";

    /// <summary>Starts the sample.</summary>
    private protected RunningSample Join(string room, string name, params string[] more) =>
        RunningSample.Start("NativePeer", ["--server", Rooms.AbsoluteUri, "--room", room, "--name", name, .. more]);

    /// <summary>Writes a file of chance.</summary>
    /// <returns>Its path.</returns>
    protected string WriteFile(string name, int size)
    {
        byte[] content = new byte[size];
        new Random(size).NextBytes(content);
        string path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
