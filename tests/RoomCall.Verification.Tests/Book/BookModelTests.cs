using RoomCall.Verification.Book;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Tests.Book;

[TestFixture]
internal sealed class BookModelTests
{
    [Test]
    public void Where_nothing_goes_wrong_and_no_race_is_lost_the_book_connects()
    {
        BookModel model = new(new BookScenario("no act", BookActs.None, Budget: 0));
        BookState state = Settle(model, model.Starts.Single());
        Assert.That(BookJudge.IsCall(state), Is.True);
    }

    [Test]
    public void Without_acts_only_the_race_for_local_media_breaks_it()
    {
        ExplorationResult exploration = new BookScenario("no act", BookActs.None, Budget: 0).Explore();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exploration.IsComplete, Is.True);
            Assert.That(exploration.Findings.Select(static finding => finding.Violation.Rule), Is.EqualTo(new[] { Rule.NothingThrows }));
            Assert.That(exploration.DeadEnds, Is.Zero);
            Assert.That(exploration.Rests, Is.EqualTo(2), "the call, with either as the initiator");
        }
    }

    [Test]
    public void A_third_is_told_that_the_room_is_full()
    {
        BookModel model = new(new BookScenario("a third", BookActs.ThirdJoins, Budget: 1));
        BookState call = Settle(model, model.Starts.Single());
        BookState state = Settle(model, model.Take(call, Find(model, call, BookActs.ThirdJoins), out _));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(state.PageOf(2)!.End, Is.EqualTo(BookEnd.Full));
            Assert.That(BookJudge.IsCall(state), Is.True);
            Assert.That(model.JudgeRest(state), Is.Null);
        }
    }

    [Test]
    public void Who_comes_again_before_the_server_has_noticed_its_end_finds_the_room_full()
    {
        BookModel model = new(new BookScenario("again", BookActs.Vanish | BookActs.JoinAgain, Budget: 2));
        BookState state = Settle(model, model.Starts.Single());
        state = model.Take(state, Find(model, state, BookActs.Vanish), out _);
        state = model.Take(state, Find(model, state, BookActs.JoinAgain), out _);
        Move asks = new(MoveClass.Progress, (byte)BookMoveKind.ServerTakes, (byte)(state.Pages.Length - 1), 0);
        state = Settle(model, model.Take(state, asks, out _));
        Assert.That(state.PageOf(0)!.End, Is.EqualTo(BookEnd.Full));
    }

    private static Move Find(BookModel model, BookState state, BookActs act)
    {
        List<Move> moves = [];
        model.FindMoves(state, moves);
        return moves.First(move => move.Class == MoveClass.Act && BookWorldActs.ActOf(move) == act);
    }

    // What is found first happens first: media, then what is made, then messages.
    private static BookState Settle(BookModel model, BookState state)
    {
        List<Move> moves = [];
        while (true)
        {
            moves.Clear();
            model.FindMoves(state, moves);
            moves.RemoveAll(static move => move.Class != MoveClass.Progress);
            if (moves.Count == 0)
                return state;

            state = model.Take(state, moves.MinBy(static move => move.Kind), out Violation? violation);
            Assert.That(violation, Is.Null);
        }
    }
}
