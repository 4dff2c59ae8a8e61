using Microsoft.Extensions.Logging;
using RoomCall.Diagnostics;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall;

/// <summary>What all sessions of a client share.</summary>
internal sealed record CallServices(
    IRoomSignaler Signaler,
    IPeerConnectionFactory PeerConnections,
    TimeProvider TimeProvider,
    ILoggerFactory LoggerFactory,
    CallMetrics Metrics);
