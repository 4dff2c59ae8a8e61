using Moq;
using RoomCall.Conformance;
using RoomCall.PeerConnections;

namespace RoomCall.InMemory.Tests;

/// <summary>The STUN and TURN servers that a server recommends to those whom it lets in (book row S17).</summary>
public class RecommendedServersTests
{
    [Test]
    public async Task S17_The_engine_gets_the_servers_of_the_options_and_then_those_that_the_server_recommends()
    {
        IceServer own = new(["stun:own.example.org"]);
        IceServer recommended = new(["stun:recommended.example.org"]);
        InMemoryWorld world = new(new InMemoryWorldOptions { Rooms = new() { IceServers = [recommended] } });
        InMemoryPeerConnectionFactory inner = world.CreateEngine();
        TaskCompletionSource<PeerConnectionConfiguration> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Mock<IPeerConnectionFactory> engine = new();
        engine.Setup(factory => factory.Capabilities).Returns(inner.Capabilities);
        engine.Setup(factory => factory.CreateAsync(
                It.IsAny<PeerConnectionConfiguration>(), It.IsAny<IPeerConnectionObserver>(), It.IsAny<CancellationToken>()))
            .Returns((PeerConnectionConfiguration configuration, IPeerConnectionObserver observer, CancellationToken token) =>
            {
                asked.TrySetResult(configuration);
                return inner.CreateAsync(configuration, observer, token);
            });
        CallOptions options = new() { IceServers = [own] };
        await using ICallSession first = await new CallClient(world.CreateSignaler(), engine.Object, options).JoinAsync("room").Soon();

        await using ICallSession second = await world.CreateClient().JoinAsync("room").Soon();

        Assert.That((await asked.Task.Soon()).IceServers, Is.EqualTo([own, recommended]));
    }
}
