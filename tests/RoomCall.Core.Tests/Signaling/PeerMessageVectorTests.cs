using System.Text;
using System.Text.Json;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Signaling;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class PeerMessageVectorTests
{
    [TestCaseSource(typeof(PeerMessageVectors), nameof(PeerMessageVectors.Valid))]
    public void A_valid_vector_is_read_as_it_says(JsonElement vector)
    {
        bool isMessage = PeerMessageJson.TryDecode(Utf8(vector), out PeerMessage? message, out string? error);

        Assert.That(isMessage, Is.True, error);
        Assert.That(message, Is.EqualTo(Expected(vector)));
        Assert.That(error, Is.Null);
    }

    [TestCaseSource(typeof(PeerMessageVectors), nameof(PeerMessageVectors.Canonical))]
    public void A_canonical_vector_is_written_as_it_stands(JsonElement vector) =>
        Assert.That(Encoding.UTF8.GetString(PeerMessageJson.Encode(Expected(vector))), Is.EqualTo(vector.GetProperty("message").GetString()));

    [TestCaseSource(typeof(PeerMessageVectors), nameof(PeerMessageVectors.Invalid))]
    public void An_invalid_vector_is_refused_with_a_sentence_that_names_the_place(JsonElement vector)
    {
        bool isMessage = PeerMessageJson.TryDecode(Utf8(vector), out PeerMessage? message, out string? error);

        Assert.That(isMessage, Is.False);
        Assert.That(message, Is.Null);
        string place = vector.GetProperty("error").GetString()!;
        Assert.That(error, place is "object" or "JSON" ? Does.Contain(place) : Does.Contain($"'{place}'"));
        Assert.That(error, Does.EndWith("."));
    }

    private static byte[] Utf8(JsonElement vector) => Encoding.UTF8.GetBytes(vector.GetProperty("message").GetString()!);

    private static PeerMessage Expected(JsonElement vector)
    {
        JsonElement decoded = vector.GetProperty("decoded");
        return vector.GetProperty("kind").GetString() switch
        {
            "got user media" => new PeerMessage.GotUserMedia(),
            "offer" => new PeerMessage.Offer(Text("sdp")!, Number("generation"), Truth("iceRestart"), Truth("closeByMessage")),
            "answer" => new PeerMessage.Answer(Text("sdp")!, Number("generation"), Truth("canRestartIce"), Truth("closeByMessage")),
            "candidate" => new PeerMessage.Candidate(
                new IceCandidate(Text("candidate")!, Text("id"), Number("label"), Text("usernameFragment")), Number("generation")),
            "restart" => new PeerMessage.Restart(Number("generation")),
            "close channel" => new PeerMessage.CloseChannel(
                Number("channel")!.Value, decoded.GetProperty("messages").GetInt64(), Number("generation")),
            "bye" => new PeerMessage.Bye(Text("reason")),
            string kind => throw new InvalidOperationException($"The vectors have a kind that the tests lack: {kind}."),
            null => throw new InvalidOperationException("A vector has no kind."),
        };

        bool Truth(string name) => decoded.GetProperty(name).GetBoolean();

        string? Text(string name) => decoded.GetProperty(name).GetString();

        int? Number(string name)
        {
            JsonElement value = decoded.GetProperty(name);
            return value.ValueKind == JsonValueKind.Null ? null : value.GetInt32();
        }
    }
}
