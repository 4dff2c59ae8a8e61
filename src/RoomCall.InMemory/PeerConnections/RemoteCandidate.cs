using RoomCall.PeerConnections;

namespace RoomCall.InMemory;

/// <summary>Checks a candidate against the remote description it must belong to (W3C WebRTC, addIceCandidate).</summary>
internal static class RemoteCandidate
{
    /// <summary>Reads a candidate; null for the end of candidates and for one that leads nowhere in this process.</summary>
    /// <exception cref="InvalidOperationException">There is no remote description, or the candidate is not of it.</exception>
    /// <exception cref="FormatException">The candidate cannot be read.</exception>
    public static NetworkAddress? Read(IceCandidate candidate, SdpDescription? remote)
    {
        if (remote is null)
            throw new InvalidOperationException("A candidate came before the remote description: keep it until the description is applied.");
        if (candidate.Candidate is null) throw new FormatException("The candidate has no text; the end of candidates is an empty one.");
        CandidateLine line = candidate.IsEndOfCandidates ? default : CandidateLine.Read(candidate.Candidate);
        RequireLine(candidate, remote);
        if ((candidate.UsernameFragment ?? line.UsernameFragment) is { } ufrag && ufrag != remote.Ice?.UsernameFragment)
            throw new InvalidOperationException("The candidate is of another generation: the remote description does not name its ufrag.");
        return line.Address;
    }

    private static void RequireLine(IceCandidate candidate, SdpDescription remote)
    {
        if (candidate.SdpMid is { } mid)
        {
            foreach (SdpSection section in remote.Sections)
                if (section.Mid == mid)
                    return;
            throw new InvalidOperationException("The remote description has no m-section with the sdpMid of the candidate.");
        }

        if (candidate.SdpMLineIndex is { } index)
        {
            if (index >= 0 && index < remote.Sections.Count) return;
            throw new InvalidOperationException("The remote description has no m-line with the sdpMLineIndex of the candidate.");
        }

        if (!candidate.IsEndOfCandidates) throw new FormatException("The candidate names neither its sdpMid nor its sdpMLineIndex.");
    }
}
