using RoomCall.Conformance;
using RoomCall.Media;
using RoomCall.PeerConnections;

namespace RoomCall.InMemory.Tests;

/// <summary>The fixtures that every engine must pass, on the engine with all capabilities and on one with none.</summary>
internal static class Engines
{
    public static InMemoryPeerConnectionFactory Full() => new(new InMemoryNetwork());

    public static InMemoryPeerConnectionFactory Poor() =>
        new(new InMemoryNetwork(), new() { Capabilities = new EngineCapabilities { Audio = true, Video = true } });
}

[TestFixture(true)]
[TestFixture(false)]
public sealed class InMemoryNegotiation(bool isFull) : NegotiationConformance
{
    protected override IPeerConnectionFactory CreateFactory() => isFull ? Engines.Full() : Engines.Poor();
}

[TestFixture(true)]
[TestFixture(false)]
public sealed class InMemoryCandidates(bool isFull) : CandidateConformance
{
    protected override IPeerConnectionFactory CreateFactory() => isFull ? Engines.Full() : Engines.Poor();
}

[TestFixture(true)]
[TestFixture(false)]
public sealed class InMemoryDataChannels(bool isFull) : DataChannelConformance
{
    protected override IPeerConnectionFactory CreateFactory() => isFull ? Engines.Full() : Engines.Poor();
}

[TestFixture(true)]
[TestFixture(false)]
public sealed class InMemoryClosing(bool isFull) : ClosingConformance
{
    protected override IPeerConnectionFactory CreateFactory() => isFull ? Engines.Full() : Engines.Poor();
}

[TestFixture(true)]
[TestFixture(false)]
public sealed class InMemoryMedia(bool isFull) : MediaConformance
{
    protected override IPeerConnectionFactory CreateFactory() => isFull ? Engines.Full() : Engines.Poor();

    protected override IMediaSource CreateMediaSource() => new InMemoryMediaSource();
}
