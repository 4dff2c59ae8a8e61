using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall;

// ICE candidates of both sides (S14, S16, S19, D2, D7; RFC 8838).
internal static partial class CallFlow
{
    // S14.
    private static void OnCandidate(ref FlowTurn turn, PeerMessage.Candidate candidate)
    {
        // The generation that this side is at: of an offer that waits, or of the one in hand.
        int reached = turn.State.IsInitiator ? turn.State.Generation : turn.State.RemoteGeneration;
        if (candidate.Generation is { } generation)
        {
            if (generation < reached)
            {
                turn.Drop(SignalDropCode.Stale, $"A candidate of generation {generation} came in generation {reached}."); // D7
                return;
            }

            if (generation > reached && turn.State.IsInitiator)
            {
                turn.Drop(SignalDropCode.Unexpected, $"A candidate of generation {generation} came before its offer was made."); // D8
                return;
            }
        }

        bool isOfThisGeneration = candidate.Generation is not { } told || told == turn.State.Generation;
        if (turn.State.IsRemoteDescriptionApplied && isOfThisGeneration)
        {
            turn.Emit(new CallEffect.AddIceCandidate(turn.State.Connection, candidate.Ice));
        }
        else if (turn.State.PendingRemoteCandidates.Count < turn.Rules.PendingCandidateLimit)
        {
            turn.State.PendingRemoteCandidates = turn.State.PendingRemoteCandidates.Add(candidate); // D2
        }
        else
        {
            turn.Drop(SignalDropCode.TooMany, $"More than {turn.Rules.PendingCandidateLimit} candidates came before their description.");
        }
    }

    private static void ApplyPendingCandidates(ref FlowTurn turn)
    {
        turn.State.IsRemoteDescriptionApplied = true;
        foreach (PeerMessage.Candidate candidate in turn.State.PendingRemoteCandidates)
        {
            if (candidate.Generation is not { } generation || generation == turn.State.Generation)
            {
                turn.Emit(new CallEffect.AddIceCandidate(turn.State.Connection, candidate.Ice));
            }
        }

        int reached = turn.State.Generation;
        turn.State.PendingRemoteCandidates = turn.State.PendingRemoteCandidates.RemoveAll(candidate => (candidate.Generation ?? 0) <= reached);
    }

    // S19. The engine may find candidates before their description was sent: they wait, so that they cannot overtake it.
    private static void OnCandidateFound(ref FlowTurn turn, CallInput.CandidateFound found)
    {
        if (found.Connection != turn.State.Connection)
        {
            return;
        }

        if (found.Candidate is { IsEndOfCandidates: false, SdpMid: null, SdpMLineIndex: null })
        {
            turn.Drop(SignalDropCode.Malformed, "The engine found a candidate without an m-line.");
        }
        else if (turn.State.SentDescription is { } description)
        {
            TellCandidate(ref turn, found.Candidate, description);
        }
        else if (turn.State.PendingLocalCandidates.Count < turn.Rules.PendingCandidateLimit)
        {
            turn.State.PendingLocalCandidates = turn.State.PendingLocalCandidates.Add(found.Candidate);
            if (turn.State.ParkedOffer is not null)
            {
                turn.Park(new PeerMessage.Candidate(found.Candidate, turn.State.Generation));
            }
        }
        else
        {
            turn.Drop(SignalDropCode.TooMany, $"The engine found more than {turn.Rules.PendingCandidateLimit} candidates before its description was sent.");
        }
    }

    private static void SendPendingCandidates(ref FlowTurn turn, string description)
    {
        turn.State.SentDescription = description;
        foreach (IceCandidate candidate in turn.State.PendingLocalCandidates)
        {
            TellCandidate(ref turn, candidate, description);
        }

        turn.State.PendingLocalCandidates = [];
    }

    // An engine may tell of a candidate only when the offer that restarts ICE is being made already: it is of the generation before, and
    // under the new one's number it would reach the other side as one of those. Its fragment tells; one that has none is taken at its word.
    private static void TellCandidate(ref FlowTurn turn, IceCandidate candidate, string description)
    {
        if (candidate.UsernameFragment is { Length: > 0 } fragment && !HasFragment(description, fragment))
        {
            turn.Drop(SignalDropCode.Stale, "The engine found a candidate of a description that has been replaced."); // D7
            return;
        }

        turn.Tell(new PeerMessage.Candidate(candidate, turn.State.Generation));
    }

    // RFC 8839, section 5.4: a=ice-ufrag, for the whole session or for each m-line.
    private static bool HasFragment(ReadOnlySpan<char> description, string fragment)
    {
        const string Attribute = "a=ice-ufrag:";
        bool isTold = false;
        foreach (ReadOnlySpan<char> line in description.EnumerateLines())
        {
            if (line.StartsWith(Attribute, StringComparison.Ordinal))
            {
                isTold = true;
                if (line[Attribute.Length..].TrimEnd().SequenceEqual(fragment))
                {
                    return true;
                }
            }
        }

        return !isTold; // a description without any says nothing against it
    }
}
