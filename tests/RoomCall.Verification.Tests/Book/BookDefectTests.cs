using RoomCall.Verification.Book;

namespace RoomCall.Verification.Tests.Book;

[TestFixture]
internal sealed class BookDefectTests
{
    private IReadOnlyList<BookWitness> _witnesses = [];

    [OneTimeSetUp]
    public void Explore() => _witnesses = BookDefects.Find();

    [Test]
    public void All_states_of_the_book_are_explored()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (BookWitness witness in _witnesses)
                Assert.That(witness.Exploration.IsComplete, Is.True, witness.Defect.Scenario.Name);
        }
    }

    [Test]
    public void D1_An_offer_that_comes_before_local_media_throws() => Expect(
        "D1",
        11,
        "Server -> Alice: `join` (S3); the gate opens, it makes an offer (S10)",
        "Server -> Bob: `joined` (S4), it asks for local media",
        "Server -> Bob: offer Alice/1/1 (S12); it throws",
        "=> NothingThrows: A handler throws: Bob applies an offer and has no peer connection.");

    [Test]
    public void D2_A_candidate_that_comes_before_the_remote_description_is_refused() => Expect(
        "D2",
        15,
        "Server -> Bob: offer Alice/1/1 (S12); it throws",
        "Bob: local media is there, it says so (S11); the gate opens (S10)",
        "Server -> Bob: candidate of Alice/1/1 (S14)",
        "=> CandidateAfterDescription: Bob applies a candidate before the remote description.");

    [Test]
    public void D2_A_candidate_that_comes_before_the_start_is_missing_for_ever() => Expect(
        "D2",
        24,
        "*the world* Alice: is overtaken by candidate of Alice/1/1: offer Alice/1/1",
        "Server -> Bob: candidate of Alice/1/1 (S14), passed over: it has not started",
        "Server -> Bob: offer Alice/1/1 (S12); it makes an answer",
        "Server -> Alice: answer Bob/1/1 to Alice/1/1 (S13)",
        "Bob waits for ever: its connection has no candidate of the other.");

    [Test]
    public void D3_After_a_hang_up_the_next_one_to_come_gets_no_offer() => Expect(
        "D3",
        30,
        "Alice: the data channel is open (S23)",
        "*the world* Alice: hangs up: it stops and says `bye` (S24)",
        "Server -> Bob: `bye` (S15); it stops and is no longer the initiator (S25)",
        "=> NextCall: Bob stays and Alice-2 comes: none of them is the initiator, so nobody ever offers.");

    [Test]
    public void D4_A_peer_that_vanishes_leaves_the_other_waiting() => Expect(
        "D4",
        31,
        "Bob: the data channel is open (S23)",
        "*the world* Alice: vanishes",
        "Server: notices that Alice is gone, and tells nobody",
        "Bob: the connection has failed, and nobody looks",
        "=> NobodyWaitsForEver: Bob waits for ever: its connection is lost.");

    [Test]
    public void D5_Media_that_is_refused_leaves_both_waiting() => Expect(
        "D5",
        9,
        "*the world* Alice: camera and microphone are refused, which is logged",
        "=> NobodyWaitsForEver: Alice waits for ever: it has no local stream, its media was refused. Bob waits for ever: no offer comes.");

    [Test]
    public void D6_A_message_that_never_comes_is_waited_for_for_ever() => Expect(
        "D6",
        16,
        "*the world* Alice: is lost on the way to the server: offer Alice/1/1",
        "=> NobodyWaitsForEver: Alice waits for ever: no answer comes. Bob waits for ever: no offer comes.");

    [Test]
    public void D7_An_answer_of_the_call_that_was_hung_up_is_applied_to_the_next() => Expect(
        "D7",
        18,
        "Bob -> Server: answer Bob/1/1 to Alice/1/1 (S8)",
        "*the world* Alice: hangs up: it stops and says `bye` (S24)",
        "Server -> Alice: `got user media` (S11); the gate opens, it makes an offer (S10)",
        "Server -> Alice: answer Bob/1/1 to Alice/1/1 (S13)",
        "=> SameNegotiation: Alice applies an answer to Alice/1/1 to the offer that it is making.");

    [Test]
    public void D8_An_offer_that_comes_twice_throws() => Expect(
        "D8",
        17,
        "*the world* Alice: comes twice: offer Alice/1/1",
        "Server -> Bob: offer Alice/1/1 (S12); it makes an answer",
        "Bob: the answer is made, set and sent (S20); it throws",
        "=> NothingThrows: A handler throws: Bob makes an answer in the signaling state Stable.");

    [Test]
    public void D9_A_third_who_was_told_that_the_room_is_full_gets_the_offer() => Expect(
        "D9",
        12,
        "*the world* Carol: a third comes",
        "Server -> Carol: `full` (S2)",
        "Server -> Carol: offer Alice/1/1 (S12); it throws",
        "=> NothingThrows: A handler throws: Carol applies an offer and has no peer connection.");

    [Test]
    public void D10_A_connection_that_is_lost_is_neither_repaired_nor_ended() => Expect(
        "D10",
        32,
        "Bob: the data channel is open (S23)",
        "*the world* Alice: the wire to the other breaks",
        "Bob: the connection has failed, and nobody looks",
        "=> NobodyWaitsForEver: Alice waits for ever: its connection is lost. Bob waits for ever: its connection is lost.");

    [Test]
    public void Only_the_kinds_of_acts_that_a_defect_names_are_in_its_counter_example()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (BookWitness witness in _witnesses)
            {
                int acts = witness.Defect.Acts == BookActs.None ? 0 : 1;
                Assert.That(witness.Moves.Count(static move => move.IsAct), Is.EqualTo(acts), witness.ToText());
            }
        }
    }

    [Test]
    public void A_diagram_names_those_who_take_part()
    {
        string diagram = _witnesses.First(static witness => witness.Defect.Id == "D4").ToMermaid();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(diagram, Does.StartWith("sequenceDiagram\n    participant Alice\n    participant Server\n    participant Bob\n"));
            Assert.That(diagram, Does.Contain("    Alice->>Server: `create or join` (S7): it is the first\n"));
            Assert.That(diagram, Does.EndWith("    Note over Alice,Bob: Bob waits for ever: its connection is lost.\n"));
            Assert.That(diagram, Does.Not.Contain("Carol"));
        }
    }

    // The lines stand in the shortest counter-example in this order; the last one is how it ends.
    private void Expect(string defect, int moves, params string[] lines)
    {
        BookWitness? witness = _witnesses.FirstOrDefault(witness => witness.Defect.Id == defect && witness.Moves.Count == moves);
        Assert.That(witness, Is.Not.Null, string.Join('\n', _witnesses.Where(w => w.Defect.Id == defect).Select(w => w.ToText())));

        string text = witness!.ToText();
        int from = 0;
        foreach (string line in lines)
        {
            int at = text.IndexOf(line, from, StringComparison.Ordinal);
            Assert.That(at, Is.Not.Negative, $"'{line}' is missing, or too early, in\n{text}");
            from = at + line.Length;
        }

        Assert.That(text[from..], Is.EqualTo("\n"), text);
    }
}
