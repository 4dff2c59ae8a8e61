namespace RoomCall.SipSorcery;

/// <summary>A message on its way to SIPSorcery.</summary>
/// <param name="Channel">Whose it is.</param>
/// <param name="Stream">The stream of the channel.</param>
/// <param name="Kind">The payload protocol identifier (RFC 8831, section 8).</param>
/// <param name="Bytes">What is sent.</param>
internal readonly record struct OutgoingMessage(SipSorceryDataChannel Channel, ushort Stream, uint Kind, ArraySegment<byte> Bytes);
