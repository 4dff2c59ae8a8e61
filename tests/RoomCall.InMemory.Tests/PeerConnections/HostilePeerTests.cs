using RoomCall.PeerConnections;

namespace RoomCall.InMemory.Tests;

public sealed class HostilePeerTests
{
    [Test]
    public async Task A_certificate_that_is_not_the_one_of_the_description_fails_both_sides()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        SessionDescription offer = await call.Offerer.OfferAsync();
        int at = offer.Sdp.IndexOf("sha-256 ", StringComparison.Ordinal) + 8;
        char other = offer.Sdp[at] == '0' ? '1' : '0';
        SessionDescription forged = offer with { Sdp = offer.Sdp[..at] + other + offer.Sdp[(at + 1)..] };
        await call.Offerer.AcceptAsync(await call.Answerer.AnswerAsync(forged));
        foreach (IceCandidate candidate in call.Offerer.Candidates.All) await call.Answerer.AddAsync(candidate);

        Assert.That(call.OffererConnection.State, Is.EqualTo(PeerConnectionState.Failed));
        Assert.That(call.AnswererConnection.State, Is.EqualTo(PeerConnectionState.Failed));
    }

    [Test]
    public async Task Candidates_that_are_not_of_the_remote_description_are_refused()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        await call.NegotiateAsync();
        IceCandidate good = call.Offerer.Candidates.All[0];
        IceCandidate[] foreign =
        [
            good with { UsernameFragment = "zzzz" }, good with { SdpMid = "9" }, good with { SdpMid = null, SdpMLineIndex = 9 },
            good with { SdpMid = null, SdpMLineIndex = -1 },
        ];
        foreach (IceCandidate candidate in foreign)
            Assert.That(async () => await call.AnswererConnection.AddIceCandidateAsync(candidate, default), Throws.InvalidOperationException);
        Assert.That(
            async () => await call.AnswererConnection.AddIceCandidateAsync(good with { SdpMid = null, SdpMLineIndex = null }, default),
            Throws.InstanceOf<FormatException>());
    }

    [Test]
    public async Task Mangled_descriptions_and_candidates_give_only_the_errors_of_the_contract()
    {
        Random random = new(20);
        await using VirtualCall source = await VirtualCall.CreateAsync();
        source.Offerer.Connection.AddStream(await new InMemoryMediaSource().OpenAsync(default));
        SessionDescription offer = await source.Offerer.OfferAsync();
        IceCandidate candidate = source.Offerer.Candidates.All[0];
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            await using VirtualCall call = await VirtualCall.CreateAsync();
            try
            {
                await call.AnswererConnection.SetRemoteDescriptionAsync(offer with { Sdp = Mangle(offer.Sdp, random) }, default);
                await call.AnswererConnection.SetLocalDescriptionAsync(await call.AnswererConnection.CreateAnswerAsync(default), default);
                await call.AnswererConnection.AddIceCandidateAsync(candidate with { Candidate = Mangle(candidate.Candidate, random) }, default);
            }
            catch (Exception e) when (e is FormatException or InvalidOperationException)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.InRange(1, 2999));
    }

    private static string Mangle(string text, Random random)
    {
        List<char> characters = [.. text];
        for (int i = random.Next(1, 6); i > 0 && characters.Count > 0; i--)
        {
            int at = random.Next(characters.Count);
            int length = Math.Min(random.Next(1, 40), characters.Count - at);
            switch (random.Next(4))
            {
                case 0:
                    characters[at] = (char)random.Next(0, 300);
                    break;
                case 1:
                    characters.RemoveRange(at, length);
                    break;
                case 2:
                    characters.InsertRange(at, characters.GetRange(at, length));
                    break;
                default:
                    characters.Insert(at, "\r\n: =m0a"[random.Next(8)]);
                    break;
            }
        }

        return new([.. characters]);
    }
}
