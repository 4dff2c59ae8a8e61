using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Tests.Exploration;

[TestFixture]
internal sealed class ExplorerTests
{
    [Test]
    public void The_shortest_way_to_what_is_forbidden_is_told()
    {
        ToyModel model = new("A", new("A", "B"), new("B", "C"), new("C", "X"), new("A", "D"), new("D", "X")) { Forbidden = "X" };
        ExplorationResult exploration = Explore(model);

        Finding finding = exploration.Findings.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(CounterExample.Tell(model, finding).Select(static move => move.To), Is.EqualTo(new[] { "D", "X" }));
            Assert.That(finding.Violation, Is.EqualTo(new Violation(Rule.NothingThrows, "It is in X.")));
            Assert.That(finding.Count, Is.EqualTo(2), "two moves lead there");
            Assert.That(exploration.SafetyViolations, Is.EqualTo(2));
            Assert.That(exploration.DeadEnds, Is.Zero);
        }
    }

    [Test]
    public void Nothing_is_asked_of_what_lies_behind_a_broken_rule()
    {
        ToyModel model = new("A", new("A", "X"), new("X", "B")) { Forbidden = "X", WrongRest = "B" };
        ExplorationResult exploration = Explore(model);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exploration.Findings.Select(static finding => finding.Violation.Rule), Is.EqualTo(new[] { Rule.NothingThrows }));
            Assert.That(exploration.States, Is.EqualTo(1));
        }
    }

    [Test]
    public void A_rest_that_is_wrong_is_found_and_one_that_is_well_is_not()
    {
        ToyModel model = new("A", new("A", "B"), new("A", "C")) { WrongRest = "C" };
        ExplorationResult exploration = Explore(model);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exploration.Rests, Is.EqualTo(2));
            Assert.That(exploration.DeadEnds, Is.EqualTo(1));
            Assert.That(exploration.Findings.Single().Violation.Detail, Is.EqualTo("It stays in C."));
        }
    }

    [Test]
    public void It_rests_where_only_an_act_of_the_world_goes_on()
    {
        ToyModel model = new("A", new ToyWay("A", "B", MoveClass.Act)) { WrongRest = "A" };
        ExplorationResult exploration = Explore(model);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exploration.Findings.Single().Moves, Is.Empty);
            Assert.That(exploration.States, Is.EqualTo(2), "and the act is walked");
        }
    }

    [Test]
    public void It_does_not_rest_while_a_deadline_runs()
    {
        ToyModel model = new("A", new ToyWay("A", "B", MoveClass.Time)) { WrongRest = "A" };
        Assert.That(Explore(model).Findings, Is.Empty);
    }

    [Test]
    public void A_circle_is_found_and_a_way_out_of_it_does_not_excuse_it()
    {
        ToyModel model = new("A", new("A", "B"), new("B", "C"), new("C", "B"), new("C", "D"));
        Finding finding = Explore(model).Findings.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(finding.Violation.Rule, Is.EqualTo(Rule.ComesToRest));
            Assert.That(CounterExample.Tell(model, finding).Select(static move => move.To), Is.SubsetOf(new[] { "B", "C" }));
        }
    }

    [Test]
    public void A_circle_that_needs_an_act_or_that_time_makes_while_something_is_under_way_is_none()
    {
        ToyModel model = new("A", new("A", "B"), new("B", "A", MoveClass.Act), new("A", "A", MoveClass.Time));
        Assert.That(Explore(model).Findings, Is.Empty);
    }

    [Test]
    public void Where_the_limit_comes_first_it_says_that_nothing_is_proved()
    {
        ToyModel model = new("A", new("A", "B"), new("B", "C"), new("C", "D"), new("D", "E")) { WrongRest = "E" };
        ExplorationResult limited = Explore(model, maxStates: 2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(limited.IsComplete, Is.False);
            Assert.That(limited.Findings, Is.Empty);
            Assert.That(Explore(model).IsComplete, Is.True);
        }
    }

    [Test]
    public void States_that_write_the_same_are_counted_once()
    {
        ToyModel model = new("A", new("A", "B"), new("A", "C"), new("B", "D"), new("C", "D"));
        ExplorationResult exploration = Explore(model);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exploration.States, Is.EqualTo(4));
            Assert.That(exploration.Moves, Is.EqualTo(4));
        }
    }

    private static ExplorationResult Explore(ToyModel model, int maxStates = int.MaxValue) => new Explorer<string>(model, maxStates).Run();
}
