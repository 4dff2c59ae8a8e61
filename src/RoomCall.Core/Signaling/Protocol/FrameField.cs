namespace RoomCall.Signaling.Protocol;

/// <summary>The fields of all frames; each name in camel case is the field's on the wire.</summary>
[Flags]
internal enum FrameField
{
    None = 0,
    Type = 1,
    Room = 1 << 1,
    Name = 1 << 2,
    Secret = 1 << 3,
    Self = 1 << 4,
    Token = 1 << 5,
    To = 1 << 6,
    Generation = 1 << 7,
    Received = 1 << 8,
    Payload = 1 << 9,
    From = 1 << 10,
    Peer = 1 << 11,
    Initiator = 1 << 12,
    Peers = 1 << 13,
    Names = 1 << 14,
    IceServers = 1 << 15,
    Resume = 1 << 16,
    Reason = 1 << 17,
    Parked = 1 << 18,
    Lines = 1 << 19,
    Code = 1 << 20,
    Detail = 1 << 21,
}
