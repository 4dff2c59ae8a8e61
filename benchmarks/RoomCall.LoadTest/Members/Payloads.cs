using System.Text;

namespace RoomCall.LoadTest.Members;

/// <summary>What the two of a call say to each other, as JSON of the usual sizes.</summary>
internal static class Payloads
{
    public const int DescriptionBytes = 3 * 1024;
    public const int CandidateBytes = 150;

    public static string Offer { get; } = Description("offer");

    public static string Answer { get; } = Description("answer");

    /// <summary>The candidates of one side.</summary>
    public static IReadOnlyList<string> Candidates { get; } = [.. Enumerable.Range(1, 10).Select(Candidate)];

    public static string Bye => "\"bye\"";

    private static string Description(string type)
    {
        string begin = $$"""{"type":"{{type}}","sdp":"v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n""";
        const string End = "\"}";
        StringBuilder sdp = new(begin, DescriptionBytes);
        for (int line = 0; Free() > 0; line++)
        {
            string attribute = $@"a=rtpmap:{96 + line} VP8/90000\r\na=rtcp-fb:{96 + line} nack pli\r\n";
            sdp.Append(attribute.Length < Free() ? attribute : new string('x', Free()));
        }

        return sdp.Append(End).ToString();

        int Free() => DescriptionBytes - End.Length - sdp.Length;
    }

    private static string Candidate(int number)
    {
        string begin = $$"""{"type":"candidate","label":0,"id":"0","candidate":"candidate:{{number}} 1 udp 2130706431 192.0.2.{{number}} 49203 typ host ufrag """;
        const string End = "\"}";
        return begin.PadRight(CandidateBytes - End.Length, 'f') + End;
    }
}
