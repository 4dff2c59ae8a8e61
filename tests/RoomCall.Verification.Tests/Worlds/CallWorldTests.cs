using RoomCall.Verification.Exploration;
using RoomCall.Verification.Reports;
using RoomCall.Verification.Worlds;

namespace RoomCall.Verification.Tests.Worlds;

/// <summary>The shipped call flow, in all interleavings: the small form of what docs/verification.md tells.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CallWorldTests
{
    private static IEnumerable<TestCaseData> Small =>
        Scenarios.Small.Select(scenario => new TestCaseData(scenario).SetArgDisplayNames(scenario.Name));

    [TestCaseSource(nameof(Small))]
    public void No_state_that_can_be_reached_breaks_a_rule(object scenario)
    {
        CallReport report = CallReport.Of([(Scenario)scenario]);

        Assert.That(report.CounterExamples().Select(static example => example.Text), Is.Empty);
        Assert.That(report.IsProved, Is.True);
        Assert.That(report.States, Is.GreaterThan(3_000), "the walk has been somewhere");
    }

    [TestCase(false, 2)] // one call with either as the initiator, and nothing else
    [TestCase(true, 6)] // and each with the offer handed out, sent to one who was faster, or sent and parked too late
    public void Two_that_are_left_in_peace_come_to_a_call_in_every_interleaving(bool parks, int rests)
    {
        FlowRules media = new() { WantsMedia = true, ParkOffer = parks };
        ExplorationResult explored = new Scenario("peace", media, media, [], 0).Explore();

        Assert.That(explored.Findings, Is.Empty);
        Assert.That(explored.Rests, Is.EqualTo(rests));
    }

    [Test]
    public void A_walk_that_comes_to_its_limit_proves_nothing()
    {
        CallReport report = CallReport.Of([Scenarios.Small[0]], maxStates: 1_000);

        Assert.That(report.IsProved, Is.False);
        Assert.That(report.ToTable(), Does.Contain("NOT COMPLETE"));
    }

    [Test]
    public void Every_act_of_the_world_can_happen()
    {
        HashSet<Act> happened = [];
        Act[] all = Enum.GetValues<Act>();
        FlowRules media = new() { WantsMedia = true, ContinueWithoutMedia = true, ParkOffer = false };
        foreach (Act[] acts in new Act[][] { all, [Act.BreakLink, Act.BreakOneWay, Act.MendLink, Act.OvertakeMessage] })
        {
            Scenario scenario = new("some acts", media, new FlowRules { ParkOffer = false }, acts, 2);
            new Explorer<WorldState>(new WatchedWorld(scenario, happened), maxStates: 60_000).Run();
        }

        Assert.That(all.Except(happened), Is.Empty);
    }

    private sealed class WatchedWorld(Scenario scenario, HashSet<Act> happened) : IModel<WorldState>
    {
        private readonly CallWorld _world = new(scenario);

        public IEnumerable<WorldState> Starts => _world.Starts;

        public void FindMoves(WorldState state, List<Move> moves)
        {
            _world.FindMoves(state, moves);
            foreach (Move move in moves.Where(static move => move.Class == MoveClass.Act))
                happened.Add((MoveKind)move.Kind == MoveKind.Act ? (Act)move.What : Act.SlowWorld);
        }

        public WorldState Take(WorldState state, Move move, out Violation? violation) => _world.Take(state, move, out violation);

        public void Write(WorldState state, StateWriter writer) => _world.Write(state, writer);

        public Violation? JudgeRest(WorldState state) => null;

        public ulong ActsOf(WorldState state) => _world.ActsOf(state);

        public MoveText Tell(WorldState state, Move move) => _world.Tell(state, move);
    }
}
