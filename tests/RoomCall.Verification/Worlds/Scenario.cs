using RoomCall.Server.Rooms;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Worlds;

/// <summary>One question to the explorer: who meets, and what the world may do to them.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Alice">The options of the one who is named first, and of the third.</param>
/// <param name="Bob">The options of the other.</param>
/// <param name="Acts">What the world may do.</param>
/// <param name="Budget">How often, all acts together.</param>
internal sealed record Scenario(string Name, FlowRules Alice, FlowRules Bob, IReadOnlyList<Act> Acts, int Budget)
{
    private readonly ulong _allowed = Acts.Aggregate(0ul, static (mask, act) => mask | (1ul << (int)act));

    /// <summary>The call flow; another one only to show that the explorer finds what is wrong with it.</summary>
    public FlowStep Step { get; init; } = CallFlow.Step;

    /// <summary>The room's rule for those who come; likewise.</summary>
    public Func<RoomState, string, RoomStep> Enter { get; init; } = static (room, peer) => RoomRules.Enter(room, peer, []);

    public bool Allows(Act act) => (_allowed & (1ul << (int)act)) != 0;

    public ExplorationResult Explore(int maxStates = int.MaxValue) => new Explorer<WorldState>(new CallWorld(this), maxStates).Run();
}
