using RoomCall.Signaling;

namespace RoomCall.Server.Rooms;

/// <summary>One peer is told one event.</summary>
/// <param name="To">The peer's id.</param>
/// <param name="Event">What it is told; those who are told the same share the object.</param>
internal readonly record struct RoomNotice(string To, RoomEvent Event);
