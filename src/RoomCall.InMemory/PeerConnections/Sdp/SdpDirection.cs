namespace RoomCall.InMemory;

/// <summary>Which way an m-section's media flows, from the view of who wrote it (RFC 8866, section 6.7).</summary>
[Flags]
internal enum SdpDirection
{
    Inactive = 0,
    SendOnly = 1,
    RecvOnly = 2,
    SendRecv = SendOnly | RecvOnly,
}
