using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Benchmarks;

/// <summary>Writing and reading each message. The baseline reads a candidate with System.Text.Json's generated code into a class.</summary>
public partial class PeerMessageBenchmarks
{
    private static readonly string Sdp = string.Concat(Enumerable.Repeat("a=rtpmap:111 opus/48000/2\r\n", 110));

    private static readonly Dictionary<string, PeerMessage> Messages = new()
    {
        ["got user media"] = new PeerMessage.GotUserMedia(),
        ["offer of 3 KB"] = new PeerMessage.Offer(Sdp, 1),
        ["answer of 3 KB"] = new PeerMessage.Answer(Sdp, 1),
        ["candidate"] = new PeerMessage.Candidate(new IceCandidate("candidate:842163049 1 udp 1677729535 192.0.2.1 46154 typ srflx", "0", 0, "EEtu"), 1),
        ["restart"] = new PeerMessage.Restart(1),
        ["bye"] = new PeerMessage.Bye(),
    };

    private PeerMessage _message = null!;
    private byte[] _encoded = null!;
    private byte[] _candidate = null!;

    [ParamsSource(nameof(Kinds))]
    public string Message { get; set; } = "";

    public static IEnumerable<string> Kinds => Messages.Keys;

    [GlobalSetup]
    public void Prepare()
    {
        _message = Messages[Message];
        _encoded = PeerMessageJson.Encode(_message);
        _candidate = PeerMessageJson.Encode(Messages["candidate"]);
    }

    [Benchmark(Baseline = true, Description = "JSON: generated code reads a candidate")]
    public object? GeneratedCode() => JsonSerializer.Deserialize(_candidate, CandidateContext.Default.CandidateClass);

    [Benchmark(Description = "JSON: encode")]
    public byte[] Encode() => PeerMessageJson.Encode(_message);

    [Benchmark(Description = "JSON: decode")]
    public bool Decode() => PeerMessageJson.TryDecode(_encoded, out _, out _);

    internal sealed class CandidateClass
    {
        [JsonPropertyName("type")]
        public string? Type { get; set; }

        [JsonPropertyName("label")]
        public int? Label { get; set; }

        [JsonPropertyName("id")]
        public string? Id { get; set; }

        [JsonPropertyName("candidate")]
        public string? Candidate { get; set; }

        [JsonPropertyName("generation")]
        public int? Generation { get; set; }
    }

    [JsonSerializable(typeof(CandidateClass))]
    internal sealed partial class CandidateContext : JsonSerializerContext;
}
