namespace RoomCall.Signaling;

/// <summary>The fields of every message that is an object, in the order in which they are written; null and false are left out.</summary>
internal readonly record struct PeerMessageWire
{
    public required string Type { get; init; }

    public string? Sdp { get; init; }

    public int? Label { get; init; }

    public string? Id { get; init; }

    public string? Candidate { get; init; }

    public int? Generation { get; init; }

    public string? UsernameFragment { get; init; }

    public bool IceRestart { get; init; }

    public bool CanRestartIce { get; init; }

    public string? Reason { get; init; }

    public static PeerMessageWire From(PeerMessage message) => message switch
    {
        PeerMessage.Offer offer => new()
        {
            Type = "offer",
            Sdp = offer.Sdp,
            Generation = offer.Generation,
            IceRestart = offer.IceRestart,
        },
        PeerMessage.Answer answer => new()
        {
            Type = "answer",
            Sdp = answer.Sdp,
            Generation = answer.Generation,
            CanRestartIce = answer.CanRestartIce,
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
        PeerMessage.Bye bye => new() { Type = "bye", Reason = bye.Reason },
        PeerMessage.GotUserMedia => new() { Type = "got user media" },
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };
}
