using System.Collections.Immutable;

namespace RoomCall.Server.Rooms;

/// <summary>What came of one input to <see cref="RoomRules"/>.</summary>
/// <param name="State">The room afterwards; the same object when nothing has changed.</param>
/// <param name="Notices">Who is told what, in this order.</param>
internal readonly record struct RoomStep(RoomState State, ImmutableArray<RoomNotice> Notices);
