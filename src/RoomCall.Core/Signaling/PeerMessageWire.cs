namespace RoomCall.Signaling;

/// <summary>The fields of every message that is an object, in the order in which they are written; null and false are left out.</summary>
internal readonly record struct PeerMessageWire
{
    public required string Type { get; init; }

    public string? Sdp { get; init; }

    public int? Label { get; init; }

    public int? Channel { get; init; }

    public long? Messages { get; init; }

    public string? Id { get; init; }

    public string? Candidate { get; init; }

    public int? Generation { get; init; }

    public string? UsernameFragment { get; init; }

    public bool IceRestart { get; init; }

    public bool CanRestartIce { get; init; }

    public bool CloseByMessage { get; init; }

    public string? Reason { get; init; }

    public static PeerMessageWire From(PeerMessage message) => message switch
    {
        PeerMessage.Offer offer => new()
        {
            Type = "offer",
            Sdp = offer.Sdp,
            Generation = offer.Generation,
            IceRestart = offer.IceRestart,
            CloseByMessage = offer.CloseByMessage,
        },
        PeerMessage.Answer answer => new()
        {
            Type = "answer",
            Sdp = answer.Sdp,
            Generation = answer.Generation,
            CanRestartIce = answer.CanRestartIce,
            CloseByMessage = answer.CloseByMessage,
        },
        PeerMessage.Candidate candidate => new()
        {
            Type = "candidate",
            Label = candidate.Ice.SdpMLineIndex,
            Id = candidate.Ice.SdpMid,
            Candidate = candidate.Ice.Candidate,
            Generation = candidate.Generation,
            UsernameFragment = candidate.Ice.UsernameFragment,
        },
        PeerMessage.Restart restart => new() { Type = "restart", Generation = restart.Generation },
        PeerMessage.CloseChannel close => new()
        {
            Type = "close channel",
            Channel = close.Channel,
            Messages = close.Messages,
            Generation = close.Generation,
        },
        PeerMessage.Bye bye => new() { Type = "bye", Reason = bye.Reason },
        PeerMessage.GotUserMedia => new() { Type = "got user media" },
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };
}
