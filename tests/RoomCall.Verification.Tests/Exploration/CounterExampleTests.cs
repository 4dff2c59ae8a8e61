using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Tests.Exploration;

[TestFixture]
internal sealed class CounterExampleTests
{
    private static readonly MoveText[] Moves =
    [
        new("Alice", "Room", "asks; for #1"),
        new("Bob", "Bob", "waits"),
        new("Alice", "Alice", "vanishes", IsAct: true),
    ];

    private static readonly Violation Wrong = new(Rule.NobodyWaitsForEver, "Bob waits; for #1.");

    [Test]
    public void A_text_numbers_the_moves_and_ends_with_the_rule_that_is_broken()
    {
        Assert.That(CounterExample.ToText(Moves, Wrong), Is.EqualTo("""
            1. Alice -> Room: asks; for #1
            2. Bob: waits
            3. *the world* Alice: vanishes
            => NobodyWaitsForEver: Bob waits; for #1.

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void A_diagram_has_no_character_that_ends_its_line()
    {
        Assert.That(CounterExample.ToMermaid(Moves, Wrong, ["Alice", "Room", "Bob"]), Is.EqualTo("""
            sequenceDiagram
                participant Alice
                participant Room
                participant Bob
                Alice->>Room: asks, for  1
                Note over Bob: waits
                Note over Alice: ⚡ vanishes
                Note over Alice,Bob: Bob waits, for  1.

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void A_finding_is_told_from_its_own_start()
    {
        ToyModel model = new("A", new("A", "B"), new("B", "X", MoveClass.Act)) { Forbidden = "X" };
        Finding finding = new Explorer<string>(model).Run().Findings.Single();
        Assert.That(CounterExample.Tell(model, finding), Is.EqualTo(new MoveText[]
        {
            new("A", "B", "goes; to #B"),
            new("B", "X", "goes; to #X", IsAct: true),
        }));
    }
}
