using RoomCall.PeerConnections;
using RoomCall.Verification.Engine;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Book;

/// <summary>
/// The book's client, a function for each of its handlers: what the page is afterwards, and a violation where the handler throws or does
/// to the engine what no caller may. A handler that throws leaves behind what it had done until then.
/// </summary>
internal static class BookFlow
{
    /// <summary>S7: a page that opens asks at once.</summary>
    public static BookPage Open(int browser, int number) =>
        new BookPage(browser, number).Send(new BookMessage(BookMessageKind.CreateOrJoin));

    /// <summary>S1 to S4, S6: what the server says.</summary>
    public static BookPage OnServer(BookPage page, BookMessage message, out Violation? violation)
    {
        violation = null;
        switch (message.Kind)
        {
            case BookMessageKind.Created:
                return CheckAndStart(GetUserMedia(page with { IsInitiator = true }));
            case BookMessageKind.Full:
                return page with { End = BookEnd.Full };
            case BookMessageKind.Join:
                return CheckAndStart(page with { IsChannelReady = true });
            case BookMessageKind.Joined:
                return CheckAndStart(GetUserMedia(page with { IsChannelReady = true }));
            default:
                return OnMessage(page, message, out violation);
        }
    }

    /// <summary>S11: local media is there.</summary>
    public static BookPage OnUserMedia(BookPage page) =>
        CheckAndStart((page with { Media = BookMedia.Given }).Send(new BookMessage(BookMessageKind.GotUserMedia)));

    /// <summary>S20: an offer or an answer is made, is set as the local description, and sent.</summary>
    public static BookPage SetLocalAndSendMessage(BookPage page, SdpType type, out Violation? violation)
    {
        page = GiveUpMaking(page, type);
        ModelConnection made = page.Connection!.Describe(type, out SessionDescription? description, out violation);
        if (violation is null)
            made = made.SetLocal(description!, out violation);

        if (violation is not null)
        {
            violation = Throws(violation.Detail);
            return page;
        }

        return (page with { Connection = made }).Send(type == SdpType.Offer
            ? new BookMessage(BookMessageKind.Offer, made.Local)
            : new BookMessage(BookMessageKind.Answer, made.Local, AnswerTo: made.Remote));
    }

    /// <summary>S20: an offer or an answer can't be made. That is logged, and nothing else.</summary>
    public static BookPage GiveUpMaking(BookPage page, SdpType type) => type == SdpType.Offer
        ? page with { IsMakingOffer = false }
        : page with { AnswersInMaking = page.AnswersInMaking - 1 };

    /// <summary>S19: a local candidate was found.</summary>
    public static BookPage OnIceCandidate(BookPage page) =>
        (page with { Connection = page.Connection! with { HasCandidateToTell = false } })
            .Send(new BookMessage(BookMessageKind.Candidate, page.Connection.Local));

    /// <summary>S24: the user hangs up.</summary>
    public static BookPage HangUp(BookPage page) =>
        (Stop(page) with { End = BookEnd.HungUp }).Send(new BookMessage(BookMessageKind.Bye));

    // S11 to S15: what the other peer says. An answer, a candidate and a bye count only "if started".
    private static BookPage OnMessage(BookPage page, BookMessage message, out Violation? violation)
    {
        violation = null;
        return message.Kind switch
        {
            BookMessageKind.GotUserMedia => CheckAndStart(page),
            BookMessageKind.Offer => OnOffer(page, message, out violation),
            BookMessageKind.Answer when page.IsStarted => OnAnswer(page, message, out violation),
            BookMessageKind.Candidate when page.IsStarted => OnCandidate(page, message, out violation),
            BookMessageKind.Bye when page.IsStarted => HandleRemoteHangup(page),
            _ => page,
        };
    }

    // S12: nobody looks whether the gate has opened.
    private static BookPage OnOffer(BookPage page, BookMessage offer, out Violation? violation)
    {
        if (!page.IsInitiator && !page.IsStarted)
            page = CheckAndStart(page);

        if (page.Connection is not { } connection)
        {
            violation = Throws($"{page.Name} applies an offer and has no peer connection.");
            return page;
        }

        // The W3C lets a further offer replace one that is not answered yet.
        if (connection.Signaling == SignalingState.HaveRemoteOffer)
            connection = connection with { Signaling = SignalingState.Stable };

        connection = connection.SetRemote(new SessionDescription(SdpType.Offer, offer.Sdp!), out violation);
        if (violation is not null)
        {
            violation = Throws(violation.Detail);
            return page;
        }

        return page with { Connection = connection, AnswersInMaking = page.AnswersInMaking + 1 };
    }

    // S13
    private static BookPage OnAnswer(BookPage page, BookMessage answer, out Violation? violation)
    {
        ModelConnection connection = page.Connection!;
        if (answer.AnswerTo != connection.Local)
        {
            string mine = connection.Local is { } local ? $"its offer {BookWords.Short(local)}" : "the offer that it is making";
            violation = new(Rule.SameNegotiation, $"{page.Name} applies an answer to {BookWords.Short(answer.AnswerTo!)} to {mine}.");
            return page;
        }

        connection = connection.SetRemote(new SessionDescription(SdpType.Answer, answer.Sdp!), out violation);
        if (violation is not null)
            violation = Throws(violation.Detail);
        return page with { Connection = connection };
    }

    // S14
    private static BookPage OnCandidate(BookPage page, BookMessage candidate, out Violation? violation)
    {
        ModelConnection connection = page.Connection!.AddCandidate(candidate.Sdp!, out violation);
        if (violation is not null)
            violation = violation with { Detail = BookWords.Short(violation.Detail) };
        return page with { Connection = connection };
    }

    // S25
    private static BookPage HandleRemoteHangup(BookPage page) => Stop(page) with { IsInitiator = false, End = BookEnd.RemoteHungUp };

    // S26: what a closed connection was making never ends.
    private static BookPage Stop(BookPage page) =>
        page with { IsStarted = false, Connection = null, IsMakingOffer = false, AnswersInMaking = 0 };

    // S1, S4
    private static BookPage GetUserMedia(BookPage page) => page with { Media = BookMedia.Asked };

    // S10, S17, S18
    private static BookPage CheckAndStart(BookPage page) => page.IsStarted || !page.HasLocalStream || !page.IsChannelReady
        ? page
        : page with
        {
            IsStarted = true,
            Connection = new ModelConnection(page.Name, page.Connections + 1),
            Connections = page.Connections + 1,
            IsMakingOffer = page.IsInitiator,
            End = BookEnd.None,
        };

    private static Violation Throws(string why) => new(Rule.NothingThrows, $"A handler throws: {BookWords.Short(why)}");
}
