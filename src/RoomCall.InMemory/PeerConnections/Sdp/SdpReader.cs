using System.Globalization;
using RoomCall.PeerConnections;

namespace RoomCall.InMemory;

/// <summary>Reads what matters of an SDP text and passes over what it does not know. What it cannot read is a
/// <see cref="FormatException"/>, whoever wrote it.</summary>
internal ref struct SdpReader
{
    /// <summary>More than any browser writes for dozens of tracks; a bound on what a hostile peer can make us keep.</summary>
    private const int MaxLength = 256 * 1024;

    private readonly List<SdpSection> _sections = [];
    private readonly SdpType _type;
    private SdpSection? _section;
    private string? _ufrag;
    private string? _pwd;
    private string? _sessionUfrag;
    private string? _sessionPwd;
    private Fingerprint? _fingerprint;
    private DtlsSetup? _setup;
    private long _maxMessageSize = SdpDescription.DefaultMaxMessageSize;

    private SdpReader(SdpType type) => _type = type;

    /// <summary>Reads a description.</summary>
    /// <exception cref="FormatException">The text is no SDP, or lacks what a WebRTC description must have.</exception>
    public static SdpDescription Read(SessionDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        if (description.Sdp is null) throw new FormatException("The description has no SDP text.");
        if (description.Sdp.Length > MaxLength)
            throw new FormatException($"The SDP has {description.Sdp.Length} characters; at most {MaxLength} are read.");
        SdpReader reader = new(description.Type);
        return reader.Read(description.Sdp);
    }

    private SdpDescription Read(string sdp)
    {
        int number = 0;
        foreach (ReadOnlySpan<char> line in sdp.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty) continue;
            if (++number == 1 && line is not "v=0") throw new FormatException("The SDP does not begin with 'v=0'.");
            if (line.Length < 2 || line[1] != '=' || !char.IsAsciiLetterLower(line[0]))
                throw new FormatException($"Line {number} of the SDP is not of the form 'x=value'.");
            if (line[0] == 'm') BeginSection(line[2..]);
            else if (line[0] == 'a') Attribute(line[2..]);
        }

        EndSection();
        return number == 0 ? throw new FormatException("The SDP is empty.") : Description();
    }

    private readonly SdpDescription Description()
    {
        SdpDescription description = new(_sections.ToArray()) { MaxMessageSize = _maxMessageSize };
        if (!description.HasTransport) return description;
        string ufrag = _ufrag ?? _sessionUfrag ?? throw new FormatException("The SDP has no a=ice-ufrag.");
        string pwd = _pwd ?? _sessionPwd ?? throw new FormatException("The SDP has no a=ice-pwd.");
        DtlsSetup setup = _setup ?? (_type == SdpType.Offer ? DtlsSetup.ActPass : DtlsSetup.Active);
        if (_type == SdpType.Answer && setup == DtlsSetup.ActPass)
            throw new FormatException("The answer says a=setup:actpass: an answer must decide (RFC 8842).");
        return description with
        {
            Ice = new(ufrag, pwd),
            Fingerprint = _fingerprint ?? throw new FormatException("The SDP has no a=fingerprint of sha-256."),
            Setup = setup,
        };
    }

    private void BeginSection(ReadOnlySpan<char> line)
    {
        EndSection();
        int media = line.IndexOf(' ');
        int port = media < 0 ? -1 : line[(media + 1)..].IndexOf(' ');
        if (media <= 0 || port < 0 || !ushort.TryParse(line.Slice(media + 1, port), NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            throw new FormatException("An m-line of the SDP is not of the form 'm=media port protocol format'.");
        ReadOnlySpan<char> format = line[(media + port + 2)..];
        string name = line[..media] switch
        {
            SdpSection.Audio => SdpSection.Audio,
            SdpSection.Video => SdpSection.Video,
            SdpSection.Application => SdpSection.Application,
            ReadOnlySpan<char> other => other.ToString(),
        };
        _section = new(name, "") { IsRejected = number == 0 };
        if (!_section.IsMedia && !(name == SdpSection.Application && format.EndsWith("webrtc-datachannel", StringComparison.Ordinal)))
            _section = _section with { UnknownFormat = format.ToString() };
    }

    private void EndSection()
    {
        if (_section is not { } section) return;
        if (section.Mid.Length == 0) section = section with { Mid = _sections.Count.ToString(CultureInfo.InvariantCulture) };
        foreach (SdpSection other in _sections)
            if (other.Mid == section.Mid)
                throw new FormatException("Two m-sections of the SDP have the same a=mid.");
        _sections.Add(section);
        _section = null;
    }

    private void Attribute(ReadOnlySpan<char> attribute)
    {
        int colon = attribute.IndexOf(':');
        ReadOnlySpan<char> name = colon < 0 ? attribute : attribute[..colon];
        ReadOnlySpan<char> value = colon < 0 ? default : attribute[(colon + 1)..];
        switch (name)
        {
            case "ice-ufrag":
                Credential(value, 4, "a=ice-ufrag", ref _sessionUfrag, ref _ufrag);
                break;
            case "ice-pwd":
                Credential(value, 22, "a=ice-pwd", ref _sessionPwd, ref _pwd);
                break;
            case "fingerprint" when value.StartsWith("sha-256 ", StringComparison.OrdinalIgnoreCase):
                if (!Fingerprint.TryParse(value[8..].Trim(), out Fingerprint fingerprint))
                    throw new FormatException("An a=fingerprint of the SDP cannot be read.");
                _fingerprint ??= fingerprint;
                break;
            case "setup":
                _setup ??= value switch
                {
                    "actpass" => DtlsSetup.ActPass,
                    "active" => DtlsSetup.Active,
                    "passive" => DtlsSetup.Passive,
                    _ => throw new FormatException("The a=setup of the SDP is none of actpass, active and passive."),
                };
                break;
            default:
                if (_section is not null) _section = SectionAttribute(_section, name, value);
                break;
        }
    }

    private SdpSection SectionAttribute(SdpSection section, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "mid":
                return value.IsEmpty || value.Length > 256
                    ? throw new FormatException("An a=mid of the SDP is empty or too long.")
                    : section with { Mid = value.ToString() };
            case "sendrecv":
                return section with { Direction = SdpDirection.SendRecv };
            case "sendonly":
                return section with { Direction = SdpDirection.SendOnly };
            case "recvonly":
                return section with { Direction = SdpDirection.RecvOnly };
            case "inactive":
                return section with { Direction = SdpDirection.Inactive };
            case "msid":
                int space = value.IndexOf(' ');
                string stream = (space < 0 ? value : value[..space]).ToString();
                return stream is "" or "-" ? section : section with { StreamId = stream, TrackId = space < 0 ? "" : value[(space + 1)..].ToString() };
            case "max-message-size" when section.IsApplication:
                return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _maxMessageSize)
                    ? section
                    : throw new FormatException("The a=max-message-size of the SDP is no number.");
            default:
                return section;
        }
    }

    /// <summary>The first section that says it counts, since all are bundled; what stands before the first m-line is the default.</summary>
    private readonly void Credential(ReadOnlySpan<char> value, int least, string name, ref string? session, ref string? bundled)
    {
        if (!IceCredentials.IsValid(value, least)) throw new FormatException($"An {name} of the SDP cannot be read (RFC 8839, section 5.4).");
        if (_section is null) session = value.ToString();
        else bundled ??= value.ToString();
    }
}
