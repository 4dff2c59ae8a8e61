using RoomCall.PeerConnections;

namespace RoomCall.Conformance;

/// <summary>
/// What every WebRTC engine must do to serve a call. Subclass the fixtures of this folder and give a factory: what
/// <see cref="EngineCapabilities"/> says the engine cannot do is tested to be refused or left out as the contract says.
/// </summary>
public abstract class PeerConnectionConformance
{
    /// <summary>A safety net: how long the engine may take for anything.</summary>
    protected virtual TimeSpan Patience => TimeSpan.FromSeconds(20);

    protected IPeerConnectionFactory Factory { get; private set; } = null!;

    protected EngineCapabilities Capabilities => Factory.Capabilities;

    /// <summary>Gives a factory that no other test uses.</summary>
    protected abstract IPeerConnectionFactory CreateFactory();

    [SetUp]
    public void MakeFactory() => Factory = CreateFactory();

    [TearDown]
    public async Task DisposeFactory()
    {
        switch (Factory)
        {
            case IAsyncDisposable asynchronous:
                await asynchronous.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }

    protected Task<TestPeer> PeerAsync() => TestPeer.CreateAsync(Factory);

    protected Task<TestCall> CallAsync() => TestCall.CreateAsync(Factory);
}
