using System.Text.Json;

namespace RoomCall.Signaling;

/// <summary>The words of the wire: which kind and which field a text names. The reader compares them in UTF-8 and makes no string.</summary>
/// <remarks>The framework's reader throws <see cref="InvalidOperationException"/> where it meets half of a surrogate pair (<c>\ud800</c>).
/// That ends the reading of the message: caught here, a message full of such names would cost an exception for each.</remarks>
internal static class PeerMessageNames
{
    /// <summary>The kind that the reader's token names; anything but a text names none.</summary>
    public static PeerMessageKind KindOf(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String)
            return PeerMessageKind.Unknown;
        return json.ValueTextEquals("candidate"u8) ? PeerMessageKind.Candidate
            : json.ValueTextEquals("offer"u8) ? PeerMessageKind.Offer
            : json.ValueTextEquals("answer"u8) ? PeerMessageKind.Answer
            : json.ValueTextEquals("bye"u8) ? PeerMessageKind.Bye
            : json.ValueTextEquals("restart"u8) ? PeerMessageKind.Restart
            : json.ValueTextEquals("close channel"u8) ? PeerMessageKind.CloseChannel
            : json.ValueTextEquals("got user media"u8) ? PeerMessageKind.GotUserMedia
            : PeerMessageKind.Unknown;
    }

    /// <summary>The field that the reader's token names.</summary>
    public static PeerMessageField FieldOf(ref Utf8JsonReader json) =>
        json.ValueTextEquals("type"u8) ? PeerMessageField.Type
            : json.ValueTextEquals("sdp"u8) ? PeerMessageField.Sdp
            : json.ValueTextEquals("label"u8) ? PeerMessageField.Label
            : json.ValueTextEquals("id"u8) ? PeerMessageField.Id
            : json.ValueTextEquals("candidate"u8) ? PeerMessageField.Candidate
            : json.ValueTextEquals("generation"u8) ? PeerMessageField.Generation
            : json.ValueTextEquals("usernameFragment"u8) ? PeerMessageField.UsernameFragment
            : json.ValueTextEquals("iceRestart"u8) ? PeerMessageField.IceRestart
            : json.ValueTextEquals("canRestartIce"u8) ? PeerMessageField.CanRestartIce
            : json.ValueTextEquals("reason"u8) ? PeerMessageField.Reason
            : json.ValueTextEquals("closeByMessage"u8) ? PeerMessageField.CloseByMessage
            : json.ValueTextEquals("channel"u8) ? PeerMessageField.Channel
            : json.ValueTextEquals("messages"u8) ? PeerMessageField.Messages
            : PeerMessageField.None;

    /// <summary>The fields that a message of this kind has.</summary>
    public static PeerMessageField FieldsOf(PeerMessageKind kind) => PeerMessageField.Type | kind switch
    {
        PeerMessageKind.Offer => PeerMessageField.Sdp | PeerMessageField.Generation | PeerMessageField.IceRestart |
            PeerMessageField.CloseByMessage,
        PeerMessageKind.Answer => PeerMessageField.Sdp | PeerMessageField.Generation | PeerMessageField.CanRestartIce |
            PeerMessageField.CloseByMessage,
        PeerMessageKind.Candidate => PeerMessageField.Label | PeerMessageField.Id | PeerMessageField.Candidate |
            PeerMessageField.Generation | PeerMessageField.UsernameFragment,
        PeerMessageKind.Restart => PeerMessageField.Generation,
        PeerMessageKind.CloseChannel => PeerMessageField.Channel | PeerMessageField.Messages | PeerMessageField.Generation,
        PeerMessageKind.Bye => PeerMessageField.Reason,
        _ => PeerMessageField.None,
    };
}
