namespace RoomCall.Tests.Flow.Vectors;

/// <summary>What one flow was given from its beginning on, and what it made of it.</summary>
internal sealed record FlowWalk(string Name, FlowRules Rules, IReadOnlyList<FlowStep> Steps);
