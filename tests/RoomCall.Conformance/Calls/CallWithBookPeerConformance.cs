using RoomCall.DataChannels;

namespace RoomCall.Conformance;

/// <summary>Whole calls with a peer that knows the book's fields only.</summary>
public abstract class CallWithBookPeerConformance : CallConformance
{
    // The fourth order, an offer to a book peer without its media, is what the book's own defect D1 makes of it.
    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    public async Task S10_S22_A_book_peer_calls_and_is_called(bool bookIsInitiator, bool bookHasMediaFirst)
    {
        (ICallSession session, BookPeer book, ConsentSource media) = await MeetAsync(bookIsInitiator);
        CallLog log = new(session);
        if (bookHasMediaFirst)
        {
            book.GetUserMedia();
            await log.SawAsync<CallEvent.SignalReceived>(received => received.Kind == SignalKind.GotUserMedia);
            media.Grant();
        }
        else
        {
            media.Grant();
            await log.SawAsync<CallEvent.LocalMediaReady>();
            book.GetUserMedia();
        }

        await TalkAsync(session, book);

        Assert.That((session.State.Phase, session.State.IsInitiator), Is.EqualTo((CallPhase.Connected, !bookIsInitiator)));
        await book.DisposeAsync();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task S24_A_hang_up_of_the_session_is_the_books_bye(bool bookIsInitiator)
    {
        (ICallSession session, BookPeer book) = await CallAsync(bookIsInitiator);

        await session.HangUpAsync().Soon();

        await book.HeardBye.Soon();
        await book.DisposeAsync();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task S15_S25_The_books_bye_ends_the_call_and_the_next_one_is_called(bool bookIsInitiator)
    {
        (ICallSession session, BookPeer book) = await CallAsync(bookIsInitiator);
        CallLog log = new(session);
        IDataChannel channel = session.DataChannel;

        book.SayBye();
        Assert.That((await log.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteHungUp));
        await ReachedAsync(session, CallPhase.Waiting);
        Assert.That(await HearAllAsync(channel).Soon(), Is.Empty, "After a hang-up a channel has a normal end.");
        await book.DisposeAsync();

        await TalkAsync(session, await JoinAsync());
    }

    private async Task<(ICallSession Session, BookPeer Book, ConsentSource Media)> MeetAsync(bool bookIsInitiator)
    {
        CallSide side = World.CreateSide();
        ConsentSource media = new(side.CreateMedia());
        CallOptions options = Options();
        options.Media = media;
        ICallSession? first = bookIsInitiator ? null : await JoinAsync(side, options);
        BookPeer book = await BookPeer.EnterAsync(World.CreateSide());
        ICallSession session = first ?? await JoinAsync(side, options);
        await session.WhenAsync(state => state.IsChannelReady).Soon();
        await book.Met.Soon();
        return (session, book, media);
    }

    private async Task<(ICallSession Session, BookPeer Book)> CallAsync(bool bookIsInitiator)
    {
        (ICallSession session, BookPeer book, ConsentSource media) = await MeetAsync(bookIsInitiator);
        CallLog log = new(session);
        book.GetUserMedia();
        await log.SawAsync<CallEvent.SignalReceived>(received => received.Kind == SignalKind.GotUserMedia);
        media.Grant();
        await TalkAsync(session, book);
        return (session, book);
    }

    private static async Task TalkAsync(ICallSession session, BookPeer book)
    {
        IDataChannel channel = await session.WhenDataChannelOpenAsync().Soon();
        await book.Open.Soon();
        book.Say("from the book");
        Assert.That(await HearAsync(channel), Is.EqualTo("from the book"));
        await channel.SendAsync("to the book").Soon();
        Assert.That(await book.HearAsync(), Is.EqualTo("to the book"));
    }
}
