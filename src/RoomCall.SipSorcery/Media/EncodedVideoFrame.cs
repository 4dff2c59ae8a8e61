using System.Diagnostics.CodeAnalysis;
using SIPSorceryMedia.Abstractions;

namespace RoomCall.SipSorcery;

/// <summary>One frame of a remote video track.</summary>
/// <param name="Format">How it was encoded.</param>
/// <param name="Timestamp">The RTP timestamp, in units of the format's clock, most often 1/90,000 s; it begins anywhere and wraps.</param>
/// <param name="Data">The encoded frame, the listener's to keep.</param>
[SuppressMessage("Performance", "CA1819", Justification = "SIPSorcery's decoders take arrays.")]
public sealed record EncodedVideoFrame(VideoFormat Format, uint Timestamp, byte[] Data);
