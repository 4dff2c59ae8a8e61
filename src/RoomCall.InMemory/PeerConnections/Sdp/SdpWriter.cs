using System.Globalization;
using System.Text;

namespace RoomCall.InMemory;

/// <summary>Writes the SDP of an offer or an answer as a browser would (RFC 8866, RFC 9429 section 5.2).</summary>
internal static class SdpWriter
{
    public static string Write(SdpDescription description)
    {
        StringBuilder sdp = new(512 + (description.Sections.Count * 384));
        sdp.Append("v=0\r\n");
        sdp.Append(CultureInfo.InvariantCulture, $"o=- {description.SessionId} {description.Version} IN IP4 127.0.0.1\r\n");
        sdp.Append("s=-\r\nt=0 0\r\n");
        if (description.HasTransport) Bundle(sdp, description.Sections);
        sdp.Append("a=msid-semantic: WMS");
        string? last = null;
        foreach (SdpSection section in description.Sections)
        {
            if (section.StreamId is { } id && id != last) sdp.Append(' ').Append(last = id);
        }

        sdp.Append("\r\n");
        string fingerprint = description.Fingerprint.ToString();
        foreach (SdpSection section in description.Sections) Section(sdp, description, section, fingerprint);
        return sdp.ToString();
    }

    private static void Bundle(StringBuilder sdp, IReadOnlyList<SdpSection> sections)
    {
        sdp.Append("a=group:BUNDLE");
        foreach (SdpSection section in sections)
        {
            if (!section.IsRejected) sdp.Append(' ').Append(section.Mid);
        }

        sdp.Append("\r\n");
    }

    private static void Section(StringBuilder sdp, SdpDescription description, SdpSection section, string fingerprint)
    {
        string format = section.UnknownFormat ?? section.Media switch
        {
            SdpSection.Audio => "UDP/TLS/RTP/SAVPF 111",
            SdpSection.Video => "UDP/TLS/RTP/SAVPF 96",
            _ => "UDP/DTLS/SCTP webrtc-datachannel",
        };
        sdp.Append("m=").Append(section.Media).Append(section.IsRejected ? " 0 " : " 9 ").Append(format);
        sdp.Append("\r\nc=IN IP4 0.0.0.0\r\n");
        if (!section.IsRejected && description.Ice is { } ice)
        {
            sdp.Append("a=ice-ufrag:").Append(ice.UsernameFragment);
            sdp.Append("\r\na=ice-pwd:").Append(ice.Password);
            sdp.Append("\r\na=ice-options:trickle\r\na=fingerprint:sha-256 ").Append(fingerprint);
            sdp.Append("\r\na=setup:").Append(description.Setup switch
            {
                DtlsSetup.Active => "active",
                DtlsSetup.Passive => "passive",
                _ => "actpass",
            });
            sdp.Append("\r\n");
        }

        sdp.Append("a=mid:").Append(section.Mid).Append("\r\n");
        if (section.IsRejected) return;
        if (section.IsApplication)
        {
            sdp.Append("a=sctp-port:5000\r\n");
            sdp.Append(CultureInfo.InvariantCulture, $"a=max-message-size:{description.MaxMessageSize}\r\n");
            return;
        }

        sdp.Append(section.Direction switch
        {
            SdpDirection.SendRecv => "a=sendrecv\r\n",
            SdpDirection.SendOnly => "a=sendonly\r\n",
            SdpDirection.RecvOnly => "a=recvonly\r\n",
            _ => "a=inactive\r\n",
        });
        if (section.StreamId is not null)
            sdp.Append("a=msid:").Append(section.StreamId).Append(' ').Append(section.TrackId).Append("\r\n");
        sdp.Append("a=rtcp-mux\r\n");
        sdp.Append(section.Media == SdpSection.Audio ? "a=rtpmap:111 opus/48000/2\r\n" : "a=rtpmap:96 VP8/90000\r\n");
    }
}
