using RoomCall.DataChannels;
using RoomCall.PeerConnections;

namespace RoomCall.Conformance;

/// <summary>Two peers and the negotiation between them.</summary>
public sealed class TestCall(TestPeer offerer, TestPeer answerer) : IAsyncDisposable
{
    public const string Label = "sendDataChannel";

    public TestPeer Offerer { get; } = offerer;

    public TestPeer Answerer { get; } = answerer;

    public static async Task<TestCall> CreateAsync(IPeerConnectionFactory offerer, IPeerConnectionFactory? answerer = null) =>
        new(await TestPeer.CreateAsync(offerer), await TestPeer.CreateAsync(answerer ?? offerer));

    /// <summary>Exchanges offer and answer, and candidates as they come.</summary>
    public async Task NegotiateAsync(OfferOptions options = default)
    {
        SessionDescription offer = await Offerer.OfferAsync(options);
        SessionDescription answer = await Answerer.AnswerAsync(offer);
        await Offerer.AcceptAsync(answer);
        Offerer.TrickleTo(Answerer);
        Answerer.TrickleTo(Offerer);
    }

    /// <summary>Opens a channel from the offerer, negotiates where that is still to be done, and waits until both sides are open.</summary>
    public async Task<(TestChannel Near, TestChannel Far)> OpenAsync(
        DataChannelOptions? options = null,
        string label = Label,
        Func<DataMessage, ValueTask>? takeNear = null,
        Func<DataMessage, ValueTask>? takeFar = null)
    {
        bool isFirst = Offerer.States.All.Count == 0;
        TestChannel near = new(Offerer.Connection.CreateDataChannel(label, options ?? DataChannelOptions.Reliable), takeNear);
        if (isFirst) await NegotiateAsync();
        IDataChannelTransport opened = await Answerer.Channels.FirstAsync(channel => channel.Label == label);
        TestChannel far = new(opened, takeFar);
        await near.WhenOpen;
        await far.WhenOpen;
        return (near, far);
    }

    public async ValueTask DisposeAsync()
    {
        await Offerer.DisposeAsync();
        await Answerer.DisposeAsync();
    }
}
