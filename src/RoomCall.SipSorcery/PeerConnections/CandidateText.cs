using System.Globalization;
using System.Net;
using RoomCall.PeerConnections;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>The candidate attribute of RFC 8839, section 5.1, both ways.</summary>
internal static class CandidateText
{
    private const string Prefix = "candidate:";

    /// <summary>Reads what the remote peer sent: SIPSorcery takes what it cannot read for something else, or throws and quotes it.</summary>
    /// <param name="candidate">The attribute.</param>
    /// <returns>The attribute as SIPSorcery reads it; null where it is not for UDP, or names a host that would have to be looked up.</returns>
    /// <exception cref="FormatException">It is no candidate. The message quotes nothing of it.</exception>
    public static string? Read(string candidate)
    {
        string[] fields = candidate.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool isReadable = fields.Length >= 8
            && fields[0].StartsWith(Prefix, StringComparison.Ordinal) && fields[0].Length > Prefix.Length
            && IsNumber(fields[1]) && IsNumber(fields[3]) && IsPort(fields[5]) && fields[6] == "typ";
        if (!isReadable)
            throw new FormatException("The remote candidate is not of the form of RFC 8839, section 5.1.");

        // What SIPSorcery makes no use of is left out, lest it read that wrongly.
        bool isAddress = IPAddress.TryParse(fields[4], out _) || fields[4].EndsWith(".local", StringComparison.OrdinalIgnoreCase);
        return isAddress && fields[2].Equals("udp", StringComparison.OrdinalIgnoreCase) ? string.Join(' ', fields[..8]) : null;
    }

    /// <summary>Writes a local candidate.</summary>
    /// <param name="candidate">SIPSorcery's, whose own text lacks the prefix.</param>
    /// <param name="mid">The identification of the first m-line: all share one transport.</param>
    public static IceCandidate Of(RTCIceCandidate candidate, string mid) =>
        new($"{Prefix}{candidate}", mid, 0, candidate.usernameFragment);

    private static bool IsPort(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsNumber(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
