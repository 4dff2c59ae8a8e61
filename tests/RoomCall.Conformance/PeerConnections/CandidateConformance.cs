using RoomCall.DataChannels;
using RoomCall.PeerConnections;

namespace RoomCall.Conformance;

/// <summary>Trickled candidates (book rows S14, S16, S19; RFC 8838).</summary>
public abstract class CandidateConformance : PeerConnectionConformance
{
    private const string Readable = "candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host";

    [Test]
    public async Task Candidates_are_told_and_then_that_gathering_has_ended()
    {
        await using TestPeer peer = await PeerAsync();
        peer.Connection.CreateDataChannel(TestCall.Label, DataChannelOptions.Reliable);
        await peer.OfferAsync().WaitAsync(Patience);
        await peer.Gathered.FirstAsync().WaitAsync(Patience);

        Assert.That(peer.Candidates.All, Is.Not.Empty);
        foreach (IceCandidate candidate in peer.Candidates.All)
        {
            Assert.That(candidate.IsEndOfCandidates, Is.False);
            Assert.That(candidate.Candidate, Does.StartWith("candidate:"));
            Assert.That(candidate.SdpMid is not null || candidate.SdpMLineIndex is not null, Is.True, "it names its m-line");
        }
    }

    [Test]
    public async Task Nothing_is_gathered_before_the_local_description_is_applied()
    {
        await using TestPeer peer = await PeerAsync();
        peer.Connection.CreateDataChannel(TestCall.Label, DataChannelOptions.Reliable);
        await peer.Connection.CreateOfferAsync(default, default);
        Assert.That(peer.Candidates.All, Is.Empty);
    }

    [Test]
    public async Task A_candidate_before_the_remote_description_is_refused()
    {
        await using TestPeer peer = await PeerAsync();
        Assert.That(async () => await peer.Connection.AddIceCandidateAsync(new(Readable, "0", 0), default), Throws.InvalidOperationException);
    }

    [TestCase("candidate:")]
    [TestCase("no candidate at all")]
    [TestCase("candidate:1 1 udp many 192.0.2.1 50000 typ host")]
    public async Task A_candidate_that_cannot_be_read_is_a_format_error(string text)
    {
        await using TestCall call = await OfferedAsync();
        Assert.That(async () => await call.Answerer.Connection.AddIceCandidateAsync(new(text, "0", 0), default), Throws.InstanceOf<FormatException>());
    }

    [Test]
    public async Task The_end_of_candidates_is_accepted()
    {
        await using TestCall call = await OfferedAsync();
        await call.Answerer.AddAsync(new("", "0", 0)).WaitAsync(Patience);
    }

    [Test]
    public async Task Candidates_of_one_side_are_enough()
    {
        await using TestCall call = await CallAsync();
        call.Offerer.Connection.CreateDataChannel(TestCall.Label, DataChannelOptions.Reliable);
        await call.Offerer.AcceptAsync(await call.Answerer.AnswerAsync(await call.Offerer.OfferAsync())).WaitAsync(Patience);
        call.Offerer.TrickleTo(call.Answerer);
        await call.Offerer.When(PeerConnectionState.Connected).WaitAsync(Patience);
        await call.Answerer.When(PeerConnectionState.Connected).WaitAsync(Patience);
    }

    [Test]
    public async Task A_candidate_that_leads_nowhere_does_no_harm()
    {
        await using TestCall call = await CallAsync();
        call.Offerer.Connection.CreateDataChannel(TestCall.Label, DataChannelOptions.Reliable);
        await call.Offerer.AcceptAsync(await call.Answerer.AnswerAsync(await call.Offerer.OfferAsync())).WaitAsync(Patience);
        await call.Answerer.AddAsync(new(Readable, "0", 0)).WaitAsync(Patience);
        call.Offerer.TrickleTo(call.Answerer);
        await call.Offerer.When(PeerConnectionState.Connected).WaitAsync(Patience);
    }

    private async Task<TestCall> OfferedAsync()
    {
        TestCall call = await CallAsync();
        call.Offerer.Connection.CreateDataChannel(TestCall.Label, DataChannelOptions.Reliable);
        await call.Answerer.AnswerAsync(await call.Offerer.OfferAsync()).WaitAsync(Patience);
        return call;
    }
}
