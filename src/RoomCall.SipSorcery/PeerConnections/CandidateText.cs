using System.Globalization;
using RoomCall.PeerConnections;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>The candidate attribute of RFC 8839, section 5.1, both ways.</summary>
internal static class CandidateText
{
    private const string Prefix = "candidate:";

    /// <summary>Checks what the remote peer sent: SIPSorcery takes what it cannot read for something else, or throws.</summary>
    /// <param name="candidate">The attribute.</param>
    /// <returns>Whether it is a candidate for UDP, the only ones that SIPSorcery uses.</returns>
    /// <exception cref="FormatException">It is no candidate. The message quotes nothing of it.</exception>
    public static bool IsUdp(string candidate)
    {
        string[] fields = candidate.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool isReadable = fields.Length >= 8
            && fields[0].StartsWith(Prefix, StringComparison.Ordinal) && fields[0].Length > Prefix.Length
            && IsNumber(fields[1]) && IsNumber(fields[3])
            && ushort.TryParse(fields[5], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && fields[6] == "typ";
        if (!isReadable)
            throw new FormatException("The remote candidate is not of the form of RFC 8839, section 5.1.");

        return fields[2].Equals("udp", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Writes a local candidate.</summary>
    /// <param name="candidate">SIPSorcery's, whose own text lacks the prefix.</param>
    /// <param name="mid">The identification of the first m-line: all share one transport.</param>
    public static IceCandidate Of(RTCIceCandidate candidate, string mid) =>
        new($"{Prefix}{candidate}", mid, 0, candidate.usernameFragment);

    private static bool IsNumber(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
