using System.Collections.Immutable;

namespace RoomCall.Verification.Worlds;

/// <summary>The shape of <see cref="CallFlow.Step"/>.</summary>
internal delegate (FlowState State, ImmutableArray<CallEffect> Effects) FlowStep(FlowRules rules, in FlowState state, CallInput input);
