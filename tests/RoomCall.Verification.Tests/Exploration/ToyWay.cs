using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Tests.Exploration;

/// <summary>A way of a <see cref="ToyModel"/>.</summary>
internal sealed record ToyWay(string From, string To, MoveClass Class = MoveClass.Progress);
