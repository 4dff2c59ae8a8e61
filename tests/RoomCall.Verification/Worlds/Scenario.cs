using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Worlds;

/// <summary>One question to the explorer: who meets, and what the world may do to them.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Alice">The options of the one who usually comes first.</param>
/// <param name="Bob">The options of the one who usually comes second.</param>
/// <param name="Acts">What the world may do.</param>
/// <param name="Budget">How often, all acts together.</param>
internal sealed record Scenario(string Name, FlowRules Alice, FlowRules Bob, IReadOnlyList<Act> Acts, int Budget)
{
    private readonly uint _allowed = Acts.Aggregate(0u, static (mask, act) => mask | (1u << (int)act));

    public bool Allows(Act act) => (_allowed & (1u << (int)act)) != 0;

    public Exploration.Exploration Explore(int maxStates = int.MaxValue) => new Explorer<WorldState>(new CallWorld(this), maxStates).Run();
}
