namespace RoomCall.Signaling.Protocol;

/// <summary>What holds for the fields of a frame, and the sentence for each when it does not. None repeats what was sent.</summary>
internal static class FrameRules
{
    public const long MaxReceived = 9_007_199_254_740_991;

    public const string Form = "The frame is not a JSON object in UTF-8.";
    public const string Type = "The field 'type' must be one of the frame's types.";
    public const string Repeated = "A field of the frame stands twice.";

    /// <summary>The sentence for a field that is missing or has a value that it cannot have.</summary>
    public static string For(FrameField field) => field switch
    {
        FrameField.Room => "The field 'room' must be well-formed text.",
        FrameField.Name => "The field 'name' must be well-formed text.",
        FrameField.Secret => "The field 'secret' must be 22 to 64 characters of A to Z, a to z, 0 to 9, the hyphen and the underscore.",
        FrameField.Self => "The field 'self' must be the id of a peer.",
        FrameField.Token => "The field 'token' must be a text that is not empty.",
        FrameField.To => "The field 'to' must be the id of a peer.",
        FrameField.From => "The field 'from' must be the id of a peer.",
        FrameField.Peer => "The field 'peer' must be the id of a peer.",
        FrameField.Initiator => "The field 'initiator' must be the id of a peer.",
        FrameField.Peers => "The field 'peers' must be a list of ids.",
        FrameField.Names => "The field 'names' must be an object of texts.",
        FrameField.IceServers => "The field 'iceServers' must be a list of ICE servers.",
        FrameField.Resume => "The field 'resume' must be an object with 'token' and 'seconds'.",
        FrameField.Lines => "The field 'lines' must be a list of texts.",
        FrameField.Generation => "The field 'generation' must be an integer from 1 to 2147483647.",
        FrameField.Parked => "The field 'parked' must be an integer from 1 to 2147483647.",
        FrameField.Received => "The field 'received' must be an integer from 0 to 9007199254740991.",
        FrameField.Payload => "The field 'payload' must be there.",
        FrameField.Reason => "The field 'reason' must be left, vanished or too-slow.",
        FrameField.Code => "The field 'code' must be a text.",
        FrameField.Detail => "The field 'detail' must be a text.",
        _ => Type,
    };
}
