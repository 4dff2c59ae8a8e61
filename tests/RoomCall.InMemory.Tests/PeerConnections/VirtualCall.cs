using Microsoft.Extensions.Time.Testing;
using RoomCall.Conformance;
using RoomCall.DataChannels;
using RoomCall.PeerConnections;

namespace RoomCall.InMemory.Tests;

/// <summary>Two peers in virtual time, each with a factory of its own. Everything happens on the test's thread.</summary>
internal sealed class VirtualCall : IAsyncDisposable
{
    private VirtualCall(InMemoryNetworkOptions? options, InMemoryPeerConnectionOptions? offerer, InMemoryPeerConnectionOptions? answerer)
    {
        Network = new(options, Time);
        OffererFactory = new(Network, offerer);
        AnswererFactory = new(Network, answerer);
    }

    public FakeTimeProvider Time { get; } = new();

    public InMemoryNetwork Network { get; }

    public InMemoryPeerConnectionFactory OffererFactory { get; }

    public InMemoryPeerConnectionFactory AnswererFactory { get; }

    public TestPeer Offerer { get; private set; } = null!;

    public TestPeer Answerer { get; private set; } = null!;

    public TestChannel Near { get; private set; } = null!;

    public TestChannel? Far { get; private set; }

    public InMemoryPeerConnection OffererConnection => (InMemoryPeerConnection)Offerer.Connection;

    public InMemoryPeerConnection AnswererConnection => (InMemoryPeerConnection)Answerer.Connection;

    public static async Task<VirtualCall> CreateAsync(
        InMemoryNetworkOptions? options = null,
        InMemoryPeerConnectionOptions? offerer = null,
        InMemoryPeerConnectionOptions? answerer = null,
        DataChannelOptions? channel = null)
    {
        VirtualCall call = new(options, offerer, answerer);
        call.Offerer = await TestPeer.CreateAsync(call.OffererFactory);
        call.Answerer = await TestPeer.CreateAsync(call.AnswererFactory);
        call.Near = new(call.Offerer.Connection.CreateDataChannel(TestCall.Label, channel ?? DataChannelOptions.Reliable));
        return call;
    }

    /// <summary>Offer, answer, and the candidates of both sides.</summary>
    public async Task NegotiateAsync(OfferOptions options = default, bool withCandidates = true)
    {
        int near = Offerer.Candidates.All.Count;
        int far = Answerer.Candidates.All.Count;
        await Offerer.AcceptAsync(await Answerer.AnswerAsync(await Offerer.OfferAsync(options)));
        if (!withCandidates) return;
        foreach (IceCandidate candidate in Offerer.Candidates.All.Skip(near)) await Answerer.AddAsync(candidate);
        foreach (IceCandidate candidate in Answerer.Candidates.All.Skip(far)) await Offerer.AddAsync(candidate);
    }

    /// <summary>Negotiates, and lets time pass until the channel is open.</summary>
    public async Task OpenAsync(Func<DataMessage, ValueTask>? takeFar = null)
    {
        await NegotiateAsync();
        TimeSpan step = Network.Options.Latency + Network.Options.Jitter;
        for (int i = 0; i < 20 && Answerer.Channels.All.Count == 0; i++) Time.Advance(step);
        Far = new(Answerer.Channels.All.Single(), takeFar);
        for (int i = 0; i < 4 && Near.Transport.State != DataChannelState.Open; i++) Time.Advance(step);
        Assert.That(Near.Transport.State, Is.EqualTo(DataChannelState.Open));
    }

    public async ValueTask DisposeAsync()
    {
        await Offerer.DisposeAsync();
        await Answerer.DisposeAsync();
    }
}
