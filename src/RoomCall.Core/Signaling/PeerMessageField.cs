namespace RoomCall.Signaling;

/// <summary>The fields of the messages that are objects; each name in camel case is the field's on the wire.</summary>
[Flags]
internal enum PeerMessageField
{
    None = 0,
    Type = 1,
    Sdp = 2,
    Label = 4,
    Id = 8,
    Candidate = 16,
    Generation = 32,
    UsernameFragment = 64,
    IceRestart = 128,
    CanRestartIce = 256,
    Reason = 512,
    CloseByMessage = 1024,
    Channel = 2048,
    Messages = 4096,
}
