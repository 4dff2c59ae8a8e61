using RoomCall.Verification.Engine;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Book;

/// <summary>Moves in the book's words, with the rows that they follow.</summary>
internal static class BookWords
{
    public const string Server = "Server";

    /// <summary>A text in which descriptions go by their short names.</summary>
    public static string Short(string text) => ModelConnection.NameOf(text);

    public static MoveText Tell(BookModel model, BookState state, Move move)
    {
        BookState next = model.Take(state, move, out Violation? violation);
        bool isThrown = violation is { Rule: Rule.NothingThrows } || (next.Acts & ~state.Acts & BookActs.Threw) != 0;
        BookMoveKind kind = (BookMoveKind)move.Kind;
        if (kind == BookMoveKind.Act)
            return TellAct(state, move);

        if (kind == BookMoveKind.HeldArrives)
            return new MoveText(Server, Server, $"a late copy arrives and is relayed: {Say(state.Held[move.Who].Message)}");

        BookPage page = state.Pages[move.Who];
        string name = page.BrowserName;
        if (kind == BookMoveKind.ServerTakes)
            return TellServer(state, page, name);

        BookPage after = next.Pages[move.Who];
        string outcome = Outcome(page, after) + (isThrown ? "; it throws" : "");
        return kind switch
        {
            BookMoveKind.PageTakes => new MoveText(Server, name, Say(page, page.Down[0]) + (isThrown ? "; it throws" : Outcome(page, after))),
            BookMoveKind.MediaGiven => new MoveText(name, name, $"local media is there, it says so (S11){outcome}"),
            BookMoveKind.OfferMade => new MoveText(name, name, $"the offer is made, set and sent (S20){outcome}"),
            BookMoveKind.AnswerMade => new MoveText(name, name, $"the answer is made, set and sent (S20){outcome}"),
            BookMoveKind.CandidateFound => new MoveText(name, name, "a candidate is found and sent (S19)"),
            _ => new MoveText(name, name, Say(BookProgress.NewsOf(state, move.Who))),
        };
    }

    private static MoveText TellServer(BookState state, BookPage page, string name)
    {
        BookMessage message = page.Up[0];
        string late = page.IsOpen ? "" : ", of the page that is gone";
        return message.Kind switch
        {
            BookMessageKind.CreateOrJoin => new MoveText(name, Server, $"`create or join` (S7){late}: " + BookRoom.CountInside(state) switch
            {
                0 => "it is the first",
                1 => "it is the second",
                _ => "the room is full",
            }),
            BookMessageKind.Disconnect => new MoveText(Server, Server, $"notices that {page.Name} is gone, and tells nobody"),
            _ => new MoveText(name, Server, $"{Say(message)}{late} (S8)"),
        };
    }

    private static MoveText TellAct(BookState state, Move move)
    {
        BookActs act = BookWorldActs.ActOf(move);
        if (act is BookActs.JoinAgain or BookActs.ThirdJoins)
        {
            string browser = BookPage.Browsers[move.Who];
            return new MoveText(browser, browser, act == BookActs.ThirdJoins ? "a third comes" : "comes again with a new page", IsAct: true);
        }

        BookPage page = state.Pages[move.Who];
        string text = act switch
        {
            BookActs.HangUp => "hangs up: it stops and says `bye` (S24)",
            BookActs.Vanish => "vanishes",
            BookActs.RefuseMedia => "camera and microphone are refused, which is logged",
            BookActs.NoMediaAnswer => "the question for camera and microphone is never answered",
            BookActs.OperationFails => $"the {(page.IsMakingOffer ? "offer" : "answer")} can't be made, which is logged (S20)",
            BookActs.OperationHangs => $"the {(page.IsMakingOffer ? "offer" : "answer")} is never made",
            BookActs.LoseMessage => $"is lost on the way to the server: {Say(page.Up[0])}",
            BookActs.DuplicateMessage => $"comes twice: {Say(page.Up[0])}",
            BookActs.HoldMessage => $"a copy is held back: {Say(page.Up[0])}",
            BookActs.OvertakeMessage => $"is overtaken by {Say(page.Up[1])}: {Say(page.Up[0])}",
            _ => "the wire to the other breaks",
        };
        return new MoveText(page.BrowserName, page.BrowserName, text, IsAct: true);
    }

    private static string Outcome(BookPage before, BookPage after) => (before, after) switch
    {
        ({ IsStarted: false }, { IsStarted: true, IsInitiator: true }) => "; the gate opens, it makes an offer (S10)",
        ({ IsStarted: false }, { IsStarted: true, AnswersInMaking: > 0 }) => "; the gate opens (S10), it makes an answer",
        ({ IsStarted: false }, { IsStarted: true }) => "; the gate opens (S10)",
        ({ IsStarted: true }, { IsStarted: false }) => "; it stops and is no longer the initiator (S25)",
        _ when after.AnswersInMaking > before.AnswersInMaking => "; it makes an answer",
        _ => "",
    };

    // A message as the page takes it.
    private static string Say(BookPage page, BookMessage message) => message.Kind switch
    {
        BookMessageKind.GotUserMedia => $"{Say(message)} (S11)",
        BookMessageKind.Offer => $"{Say(message)} (S12)",
        BookMessageKind.Answer => $"{Say(message)} (S13){IfNotStarted(page)}",
        BookMessageKind.Candidate => $"{Say(message)} (S14){IfNotStarted(page)}",
        BookMessageKind.Bye => $"{Say(message)} (S15){IfNotStarted(page)}",
        BookMessageKind.Created => $"{Say(message)} (S1), it asks for local media",
        BookMessageKind.Joined => $"{Say(message)} (S4), it asks for local media",
        BookMessageKind.Join => $"{Say(message)} (S3)",
        _ => $"{Say(message)} (S2)",
    };

    private static string IfNotStarted(BookPage page) => page.IsStarted ? "" : ", passed over: it has not started";

    private static string Say(BookMessage message) => message.Kind switch
    {
        BookMessageKind.CreateOrJoin => "`create or join`",
        BookMessageKind.GotUserMedia => "`got user media`",
        BookMessageKind.Offer => $"offer {Short(message.Sdp!)}",
        BookMessageKind.Answer => $"answer {Short(message.Sdp!)} to {Short(message.AnswerTo!)}",
        BookMessageKind.Candidate => $"candidate of {Short(message.Sdp!)}",
        _ => $"`{message.Kind.ToString().ToLowerInvariant()}`",
    };

    private static string Say(LinkNews news) => news switch
    {
        LinkNews.Connected => "the connection is up",
        LinkNews.ChannelOpen => "the data channel is open (S23)",
        LinkNews.Disconnected => "the connection is disconnected, and nobody looks",
        _ => "the connection has failed, and nobody looks",
    };
}
