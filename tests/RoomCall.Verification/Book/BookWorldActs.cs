using System.Numerics;
using RoomCall.PeerConnections;
using RoomCall.Verification.Engine;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Book;

/// <summary>What the world may do to the book's pages, its network and its engines at any moment.</summary>
internal static class BookWorldActs
{
    private const int Third = 2;

    public static void Find(BookState state, BookActs allowed, List<Move> moves)
    {
        for (int who = 0; who < state.Pages.Length; who++)
        {
            BookPage page = state.Pages[who];
            bool wasAnswered = page.IsInitiator || page.IsChannelReady;
            bool isMaking = page.IsMakingOffer || page.AnswersInMaking > 0;
            Add(wasAnswered && page.End == BookEnd.None, BookActs.HangUp, who);
            Add(page.IsOpen, BookActs.Vanish, who);
            Add(page.Media == BookMedia.Asked, BookActs.RefuseMedia, who);
            Add(page.Media == BookMedia.Asked, BookActs.NoMediaAnswer, who);
            Add(isMaking, BookActs.OperationFails, who);
            Add(isMaking, BookActs.OperationHangs, who);

            // Between a browser and the server; between the server and a browser would be the same with two in the room.
            bool isPeerNext = page.Up.Length > 0 && page.Up[0].IsOfPeer;
            Add(isPeerNext, BookActs.LoseMessage, who);
            Add(isPeerNext, BookActs.DuplicateMessage, who);
            Add(isPeerNext, BookActs.HoldMessage, who);
            Add(isPeerNext && page.Up.Length > 1 && page.Up[1].IsOfPeer && page.Up[1] != page.Up[0], BookActs.OvertakeMessage, who);
            Add(FindLinked(state, who) > who, BookActs.BreakLink, who);
        }

        for (int browser = 0; browser < BookPage.Browsers.Length; browser++)
        {
            bool hasCome = state.Opened[browser] > 0;
            Add(hasCome && state.PageOf(browser) is null or { End: BookEnd.HungUp }, BookActs.JoinAgain, browser);
            Add(!hasCome && browser == Third, BookActs.ThirdJoins, browser);
        }

        void Add(bool isPossible, BookActs act, int who)
        {
            if (isPossible && (allowed & act) != 0)
                moves.Add(new Move(MoveClass.Act, (byte)BookMoveKind.Act, (byte)who, (byte)BitOperations.TrailingZeroCount((uint)act)));
        }
    }

    public static BookActs ActOf(Move move) => (BookActs)(1u << move.What);

    public static BookState Make(BookState state, Move move)
    {
        BookActs act = ActOf(move);
        state = state with { Acts = state.Acts | act, ActsLeft = state.ActsLeft - 1 };
        int who = move.Who;
        return act switch
        {
            BookActs.Vanish => state.Close(who),
            BookActs.JoinAgain => JoinAgain(state, who),
            BookActs.ThirdJoins => state.Open(who),
            BookActs.BreakLink => Break(state, who),
            BookActs.HoldMessage => state with { Held = state.Held.Add((state.Pages[who].Browser, state.Pages[who].Up[0])) },
            _ => state.With(who, Change(state.Pages[who], act)),
        };
    }

    private static BookPage Change(BookPage page, BookActs act) => act switch
    {
        BookActs.HangUp => BookFlow.HangUp(page),

        // A refusal is logged by the page (D5), and so is an offer or answer that can't be made (S20).
        BookActs.RefuseMedia => page with { Media = BookMedia.Refused },
        BookActs.NoMediaAnswer => page with { Media = BookMedia.Ignored },
        BookActs.OperationFails or BookActs.OperationHangs =>
            BookFlow.GiveUpMaking(page, page.IsMakingOffer ? SdpType.Offer : SdpType.Answer),
        BookActs.LoseMessage => page with { Up = page.Up.RemoveAt(0) },
        BookActs.DuplicateMessage => page with { Up = page.Up.Insert(0, page.Up[0]) },
        BookActs.OvertakeMessage => page with { Up = page.Up.RemoveAt(0).Insert(1, page.Up[0]) },
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "Not an act on one page."),
    };

    // The user reloads the page, or opens it again after it has vanished.
    private static BookState JoinAgain(BookState state, int browser)
    {
        for (int i = 0; i < state.Pages.Length; i++)
        {
            if (state.Pages[i].IsOpen && state.Pages[i].Browser == browser)
                state = state.Close(i);
        }

        return state.Open(browser);
    }

    private static BookState Break(BookState state, int who)
    {
        int other = FindLinked(state, who);
        return Cut(Cut(state, who), other);

        static BookState Cut(BookState state, int who)
        {
            ModelConnection connection = state.Pages[who].Connection!;
            return state.With(who, state.Pages[who] with { Connection = connection with { Broken = connection.Agreed } });
        }
    }

    // The page that one has agreed with, while the wire between them is whole; or -1.
    private static int FindLinked(BookState state, int who)
    {
        if (state.Pages[who].Connection is not { Agreed: not null, Broken: null } connection)
            return -1;

        for (int i = 0; i < state.Pages.Length; i++)
        {
            if (i != who && state.Pages[i].Connection is { } other && connection.IsMirroredBy(other))
                return i;
        }

        return -1;
    }
}
