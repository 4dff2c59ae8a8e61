using System.Globalization;

namespace RoomCall.InMemory;

/// <summary>A candidate attribute (RFC 8839, section 5.1).</summary>
internal readonly record struct CandidateLine(NetworkAddress? Address, string? UsernameFragment)
{
    private const int MaxLength = 4096;
    private const string Prefix = "candidate:";

    /// <summary>Writes a candidate as a browser does.</summary>
    public static string Write(NetworkAddress address, int index, bool isRelay, string usernameFragment)
    {
        // RFC 8445, section 5.1.2.1: type preference, local preference, component.
        uint priority = ((isRelay ? 0u : 126u) << 24) | ((uint)(65535 - index) << 8) | 255u;
        string type = isRelay ? "relay raddr 0.0.0.0 rport 9" : "host";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"candidate:{index + 1} 1 udp {priority} {address.Host} {address.Port} typ {type} generation 0 ufrag {usernameFragment}");
    }

    /// <summary>Reads a candidate. Its address is null where it leads nowhere in this process.</summary>
    /// <exception cref="FormatException">The text is no candidate attribute.</exception>
    public static CandidateLine Read(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength || !text.StartsWith(Prefix, StringComparison.Ordinal)) throw Unreadable();
        Span<Range> words = stackalloc Range[32];
        ReadOnlySpan<char> line = text[Prefix.Length..];
        int count = line.Split(words, ' ');
        if (count < 8
            || line[words[0]].Length is 0 or > 32
            || !int.TryParse(line[words[1]], NumberStyles.None, CultureInfo.InvariantCulture, out int component) || component is < 1 or > 256
            || line[words[2]].IsEmpty
            || !uint.TryParse(line[words[3]], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            || line[words[4]].IsEmpty
            || !ushort.TryParse(line[words[5]], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
            || line[words[6]] is not "typ"
            || line[words[7]] is not ("host" or "srflx" or "prflx" or "relay"))
            throw Unreadable();

        string? ufrag = null;
        for (int i = 8; i + 1 < count; i += 2)
            if (line[words[i]] is "ufrag")
                ufrag = line[words[i + 1]].ToString();
        bool isUdp = line[words[2]].Equals("udp", StringComparison.OrdinalIgnoreCase);
        return new(isUdp && NetworkAddress.TryParse(line[words[4]], port, out NetworkAddress address) ? address : null, ufrag);
    }

    private static FormatException Unreadable() =>
        new("The candidate is not of the form 'candidate:foundation component transport priority address port typ type' (RFC 8839).");
}
