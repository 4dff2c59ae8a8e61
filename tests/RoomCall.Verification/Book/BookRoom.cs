using System.Collections.Immutable;

namespace RoomCall.Verification.Book;

/// <summary>The book's server: one room of two places, and a relay that names no room.</summary>
internal static class BookRoom
{
    public const int Places = 2;

    /// <summary>The server takes the next message of a page.</summary>
    public static BookState Take(BookState state, int index)
    {
        BookPage page = state.Pages[index];
        BookMessage message = page.Up[0];
        state = state.With(index, page with { Up = page.Up.RemoveAt(0) });
        return message.Kind switch
        {
            BookMessageKind.CreateOrJoin => CreateOrJoin(state, index),

            // The socket leaves its room, and nobody is told.
            BookMessageKind.Disconnect => state with { Pages = state.Pages.RemoveAt(index) },
            _ => Relay(state, index, message),
        };
    }

    /// <summary>S6, S8: to all other connections, as the room that the relay names is one that the client never sets (D9).</summary>
    /// <param name="state">The world.</param>
    /// <param name="from">The index of the page that it comes from, or -1.</param>
    /// <param name="message">The message.</param>
    public static BookState Relay(BookState state, int from, BookMessage message)
    {
        ImmutableArray<BookPage>.Builder pages = state.Pages.ToBuilder();
        for (int i = 0; i < pages.Count; i++)
        {
            if (i != from)
                pages[i] = Tell(pages[i], message);
        }

        return state with { Pages = pages.MoveToImmutable() };
    }

    public static int CountInside(BookState state)
    {
        int inside = 0;
        foreach (BookPage page in state.Pages)
            inside += page.IsInRoom ? 1 : 0;
        return inside;
    }

    // S7: the first creates, the second joins and is told to the one inside, the third is one too many.
    private static BookState CreateOrJoin(BookState state, int index)
    {
        BookPage page = state.Pages[index];
        int inside = CountInside(state);
        if (inside >= Places)
            return state.With(index, Tell(page, new BookMessage(BookMessageKind.Full)));

        for (int i = 0; i < state.Pages.Length; i++)
        {
            if (state.Pages[i].IsInRoom)
                state = state.With(i, Tell(state.Pages[i], new BookMessage(BookMessageKind.Join)));
        }

        BookMessageKind told = inside == 0 ? BookMessageKind.Created : BookMessageKind.Joined;
        return state.With(index, Tell(page with { IsInRoom = true }, new BookMessage(told)));
    }

    private static BookPage Tell(BookPage page, BookMessage message) =>
        page.IsOpen ? page with { Down = page.Down.Add(message) } : page;
}
