namespace RoomCall.InMemory;

/// <summary>Who begins the DTLS handshake (RFC 8842): an offer leaves it open, an answer decides.</summary>
internal enum DtlsSetup
{
    ActPass,
    Active,
    Passive,
}
