using System.Buffers;
using System.Text;
using RoomCall.Signaling;

namespace RoomCall.Tests.Signaling;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class PeerMessageProperties
{
    private const int Cases = 3_000;

    [Test]
    public void Every_message_that_the_rules_allow_is_read_as_it_was_written() =>
        Properties.Hold(Cases, PeerMessageCases.Allowed, PeerMessageCases.Smaller, message =>
        {
            byte[] json = PeerMessageJson.Encode(message);
            PeerMessage read = Read(json) ?? throw new AssertionException($"It is not read: {Encoding.UTF8.GetString(json)}");
            if (read != WithoutHalves(message))
                throw new AssertionException($"It is read as another: {Encoding.UTF8.GetString(json)}");

            ArrayBufferWriter<byte> output = new();
            PeerMessageJson.Write(output, message);
            if (!output.WrittenSpan.SequenceEqual(json))
                throw new AssertionException("The two ways to write it do not agree.");
        });

    [Test]
    public void A_message_that_breaks_a_rule_is_not_written() =>
        Properties.Hold(Cases, PeerMessageCases.Forbidden, _ => [], message =>
        {
            ArrayBufferWriter<byte> output = new();
            try
            {
                PeerMessageJson.Write(output, message);
            }
            catch (ArgumentException exception) when (exception.ParamName == "message" && output.WrittenCount == 0)
            {
                return;
            }

            throw new AssertionException($"It is written: {Encoding.UTF8.GetString(output.WrittenSpan)}");
        });

    [Test]
    public void Any_bytes_are_a_message_or_an_error_that_says_why() =>
        Properties.Hold(Cases, HostileBytes.Any, HostileBytes.Smaller, bytes => Read(bytes));

    [Test]
    public void What_is_read_from_any_bytes_is_written_and_read_the_same_for_ever() =>
        Properties.Hold(Cases, HostileBytes.Any, HostileBytes.Smaller, bytes =>
        {
            if (Read(bytes) is not { } message)
                return;

            byte[] json = PeerMessageJson.Encode(message);
            if (Read(json) != message || !PeerMessageJson.Encode(message).AsSpan().SequenceEqual(json))
                throw new AssertionException($"{message} became {Encoding.UTF8.GetString(json)}");
        });

    [Test]
    public void Neither_the_order_of_the_fields_nor_fields_of_others_nor_space_change_a_message() =>
        Properties.Hold(Cases, NoisyMessage.Any, NoisyMessage.Smaller, noisy =>
        {
            PeerMessage expected = WithoutHalves(noisy.Message);
            if (Read(Encoding.UTF8.GetBytes(noisy.Json)) != expected)
                throw new AssertionException($"It is read as another: {noisy.Json}");
        });

    /// <summary>Reads without trust: either a message or a sentence, and nothing thrown.</summary>
    private static PeerMessage? Read(ReadOnlySpan<byte> bytes)
    {
        bool isRead;
        PeerMessage? message;
        string? error;
        try
        {
            isRead = PeerMessageJson.TryDecode(bytes, out message, out error);
        }
        catch (Exception exception)
        {
            throw new AssertionException($"{exception.GetType().Name} was thrown for {Convert.ToBase64String(bytes)}", exception);
        }

        if (isRead != message is not null || isRead != error is null || error is "")
            throw new AssertionException($"Neither or both: {message}, {error}");
        return message;
    }

    /// <summary>JSON in UTF-8 cannot carry half of a surrogate pair: it is written as the replacement character.</summary>
    private static PeerMessage WithoutHalves(PeerMessage message) => message switch
    {
        PeerMessage.Offer offer => offer with { Sdp = Whole(offer.Sdp) },
        PeerMessage.Answer answer => answer with { Sdp = Whole(answer.Sdp) },
        PeerMessage.Candidate { Ice: var ice } candidate => candidate with
        {
            Ice = ice with
            {
                Candidate = Whole(ice.Candidate),
                SdpMid = ice.SdpMid is null ? null : Whole(ice.SdpMid),
                UsernameFragment = ice.UsernameFragment is null ? null : Whole(ice.UsernameFragment),
            },
        },
        _ => message,
    };

    private static string Whole(string text) => string.Concat(text.EnumerateRunes());
}
