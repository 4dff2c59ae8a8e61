using System.Buffers;
using RoomCall.PeerConnections;

namespace RoomCall.Signaling;

/// <summary>What holds for the fields of a message, the same for writing and reading, and the sentence for each when it does not.</summary>
internal static class PeerMessageRules
{
    public const string Size = "The message is larger than 262144 bytes.";
    public const string Empty = "The message is empty.";
    public const string Encoding = "The message is not valid UTF-8.";
    public const string Names = "The message has a name or a type that holds half of a surrogate pair.";
    public const string Form = "The message is neither an object nor one of the texts 'got user media' and 'bye'.";
    public const string Type = "The field 'type' must be offer, answer, candidate, restart, close channel, bye or got user media.";
    public const string Sdp = "The field 'sdp' must be well-formed text that is not empty.";
    public const string Candidate = "The field 'candidate' must be well-formed text, empty when no more candidates follow.";
    public const string Place = "A candidate must have the field 'label' or the field 'id'.";
    public const string Label = "The field 'label' must be an integer from 0 to 65535.";
    public const string Id = "The field 'id' must be well-formed text.";
    public const string UsernameFragment = "The field 'usernameFragment' must be well-formed text.";
    public const string Generation = "The field 'generation' must be an integer from 1 to 2147483647.";
    public const string IceRestart = "The field 'iceRestart' must be true or false.";
    public const string CanRestartIce = "The field 'canRestartIce' must be true or false.";
    public const string CloseByMessage = "The field 'closeByMessage' must be true or false.";
    public const string Channel = "The field 'channel' must be an integer from 0 to 65534.";
    public const string Messages = "The field 'messages' must be an integer from 0 to 9007199254740991.";
    public const string Reason = "The field 'reason' must be 1 to 64 characters of a to z, 0 to 9 and the hyphen.";

    private const int MaxReasonLength = 64;
    private const int MaxChannel = 65_534; // W3C WebRTC, RTCDataChannel.id: SCTP has 65,535 streams
    private const long MaxMessages = (1L << 53) - 1; // JavaScript's Number.MAX_SAFE_INTEGER
    private static readonly SearchValues<char> ReasonCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>The sentence of the first rule that the message breaks, or null.</summary>
    public static string? BrokenBy(PeerMessage message) => message switch
    {
        PeerMessage.Offer offer => Description(offer.Sdp, offer.Generation),
        PeerMessage.Answer answer => Description(answer.Sdp, answer.Generation),
        PeerMessage.Candidate { Ice: null } => Candidate,
        PeerMessage.Candidate candidate => Ice(candidate.Ice) ?? Number(candidate.Generation),
        PeerMessage.Restart restart => Number(restart.Generation),
        PeerMessage.CloseChannel { Channel: < 0 or > MaxChannel } => Channel,
        PeerMessage.CloseChannel { Messages: < 0 or > MaxMessages } => Messages,
        PeerMessage.CloseChannel close => Number(close.Generation),
        PeerMessage.Bye { Reason: { } reason } => Text(reason),
        _ => null,
    };

    private static string? Description(string sdp, int? generation) => string.IsNullOrEmpty(sdp) ? Sdp : Number(generation);

    private static string? Number(int? generation) => generation is < 1 ? Generation : null;

    private static string? Text(string reason) =>
        reason.Length is 0 or > MaxReasonLength || reason.AsSpan().ContainsAnyExcept(ReasonCharacters) ? Reason : null;

    private static string? Ice(IceCandidate ice)
    {
        if (ice.Candidate is null)
            return Candidate;
        if (ice.SdpMLineIndex is < 0 or > ushort.MaxValue)
            return Label;
        // W3C WebRTC, addIceCandidate: a candidate that says neither where it belongs is a type error.
        return !ice.IsEndOfCandidates && ice.SdpMid is null && ice.SdpMLineIndex is null ? Place : null;
    }
}
