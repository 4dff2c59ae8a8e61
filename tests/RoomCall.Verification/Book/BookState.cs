using System.Collections.Immutable;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Book;

/// <summary>The book's whole world at one moment. A value: each change is a new one.</summary>
internal sealed record BookState
{
    /// <summary>All pages whose connection the server still holds.</summary>
    public ImmutableArray<BookPage> Pages { get; init; } = [];

    /// <summary>How many pages each browser has opened.</summary>
    public ImmutableArray<int> Opened { get; init; } = [0, 0, 0];

    /// <summary>Copies of messages that the network holds back, with the browser that they came from.</summary>
    public ImmutableArray<(int Browser, BookMessage Message)> Held { get; init; } = [];

    /// <summary>What the world has done so far.</summary>
    public BookActs Acts { get; init; }

    /// <summary>How much the world may still do.</summary>
    public int ActsLeft { get; init; }

    /// <summary>The open page of a browser, if it has one.</summary>
    public BookPage? PageOf(int browser)
    {
        foreach (BookPage page in Pages)
        {
            if (page.IsOpen && page.Browser == browser)
                return page;
        }

        return null;
    }

    public BookState With(int index, BookPage page) => this with { Pages = Pages.SetItem(index, page) };

    /// <summary>A browser opens a new page.</summary>
    public BookState Open(int browser) => this with
    {
        Opened = Opened.SetItem(browser, Opened[browser] + 1),
        Pages = Pages.Add(BookFlow.Open(browser, Opened[browser] + 1)),
    };

    /// <summary>A page is gone; its connection's end is behind all that it had sent.</summary>
    public BookState Close(int index)
    {
        BookPage page = Pages[index];
        return With(index, new BookPage(page.Browser, page.Number)
        {
            IsOpen = false,
            IsInRoom = page.IsInRoom,
            Up = page.Up.Add(new BookMessage(BookMessageKind.Disconnect)),
        });
    }

    public void Write(StateWriter writer)
    {
        writer.Byte(Pages.Length);
        foreach (BookPage page in Pages)
            page.Write(writer);

        foreach (int opened in Opened)
            writer.Byte(opened);

        writer.Byte(Held.Length);
        foreach ((int browser, BookMessage message) in Held)
        {
            writer.Byte(browser);
            message.Write(writer);
        }

        writer.Number((int)Acts);
        writer.Byte(ActsLeft);
    }
}
