using RoomCall.PeerConnections;
using RoomCall.Verification.Engine;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Book;

/// <summary>What is under way in the book's world, and goes on.</summary>
internal static class BookProgress
{
    public static void Find(BookState state, List<Move> moves)
    {
        for (int who = 0; who < state.Pages.Length; who++)
        {
            BookPage page = state.Pages[who];
            Add(page.Media == BookMedia.Asked, BookMoveKind.MediaGiven, who);
            Add(page.IsMakingOffer, BookMoveKind.OfferMade, who);
            Add(page.AnswersInMaking > 0, BookMoveKind.AnswerMade, who);
            Add(page.Connection is { HasCandidateToTell: true }, BookMoveKind.CandidateFound, who);
            Add(page.Up.Length > 0, BookMoveKind.ServerTakes, who);
            Add(page.Down.Length > 0, BookMoveKind.PageTakes, who);
            Add(NewsOf(state, who) != LinkNews.None, BookMoveKind.EngineNotices, who);
        }

        for (int i = 0; i < state.Held.Length; i++)
            Add(true, BookMoveKind.HeldArrives, i);

        void Add(bool isPossible, BookMoveKind kind, int who)
        {
            if (isPossible)
                moves.Add(new Move(MoveClass.Progress, (byte)kind, (byte)who, 0));
        }
    }

    public static BookState Make(BookState state, Move move, out Violation? violation)
    {
        violation = null;
        int who = move.Who;
        BookMoveKind kind = (BookMoveKind)move.Kind;
        switch (kind)
        {
            case BookMoveKind.ServerTakes:
                return BookRoom.Take(state, who);
            case BookMoveKind.HeldArrives:
                return Arrive(state, who);
            case BookMoveKind.PageTakes:
                return TakeNext(state, who, out violation);
        }

        BookPage page = state.Pages[who];
        return state.With(who, kind switch
        {
            BookMoveKind.MediaGiven => BookFlow.OnUserMedia(page),
            BookMoveKind.OfferMade => BookFlow.SetLocalAndSendMessage(page, SdpType.Offer, out violation),
            BookMoveKind.AnswerMade => BookFlow.SetLocalAndSendMessage(page, SdpType.Answer, out violation),
            BookMoveKind.CandidateFound => BookFlow.OnIceCandidate(page),
            _ => page with { Connection = Links.Notice(page.Connection!, NewsOf(state, who)) },
        });
    }

    public static LinkNews NewsOf(BookState state, int who)
    {
        if (state.Pages[who].Connection is not { Agreed: not null } connection)
            return LinkNews.None;

        List<ModelConnection> others = [];
        for (int i = 0; i < state.Pages.Length; i++)
        {
            if (i != who && state.Pages[i].Connection is { } other)
                others.Add(other);
        }

        return Links.Next(connection, others, isNetworkDown: false);
    }

    private static BookState TakeNext(BookState state, int who, out Violation? violation)
    {
        BookPage page = state.Pages[who];
        BookMessage message = page.Down[0];
        BookPage next = BookFlow.OnServer(page with { Down = page.Down.RemoveAt(0) }, message, out violation);
        BookActs passed = message.IsOfPeer && page.End == BookEnd.Full ? BookActs.Strayed : BookActs.None;
        if (message.Kind == BookMessageKind.Offer && violation is null)
            passed |= BookActs.OfferApplied;
        return state.With(who, next) with { Acts = state.Acts | passed };
    }

    private static BookState Arrive(BookState state, int index)
    {
        (int browser, BookMessage message) = state.Held[index];
        state = state with { Held = state.Held.RemoveAt(index) };
        int from = -1;
        for (int i = 0; i < state.Pages.Length; i++)
        {
            if (state.Pages[i].Browser == browser)
                from = i;
        }

        return BookRoom.Relay(state, from, message);
    }
}
