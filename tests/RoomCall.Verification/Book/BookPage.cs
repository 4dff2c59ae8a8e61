using System.Collections.Immutable;
using RoomCall.Verification.Engine;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Book;

/// <summary>The book's page in one browser, with its connection to the server. A value: each change is a new one.</summary>
/// <param name="Browser">Whose browser: an index into <see cref="Browsers"/>.</param>
/// <param name="Number">Which of the pages that this browser has opened, from 1.</param>
internal sealed record BookPage(int Browser, int Number)
{
    public static ImmutableArray<string> Browsers { get; } = ["Alice", "Bob", "Carol"];

    /// <summary>The page is there. One that is gone stays only until the server has taken what it had sent.</summary>
    public bool IsOpen { get; init; } = true;

    /// <summary>The server counts it as one of the room's.</summary>
    public bool IsInRoom { get; init; }

    /// <summary>What is on the way to the server, in order.</summary>
    public ImmutableArray<BookMessage> Up { get; init; } = [];

    /// <summary>What is on the way from the server, in order.</summary>
    public ImmutableArray<BookMessage> Down { get; init; } = [];

    // --- the four facts of S9

    public bool IsInitiator { get; init; }

    public bool IsChannelReady { get; init; }

    public bool IsStarted { get; init; }

    public BookMedia Media { get; init; }

    public bool HasLocalStream => Media == BookMedia.Given;

    // --- the peer connection

    /// <summary>The peer connection, while there is one.</summary>
    public ModelConnection? Connection { get; init; }

    /// <summary>How many peer connections it has made.</summary>
    public int Connections { get; init; }

    /// <summary>An offer is being made.</summary>
    public bool IsMakingOffer { get; init; }

    /// <summary>How many answers are being made.</summary>
    public int AnswersInMaking { get; init; }

    public BookEnd End { get; init; }

    public string BrowserName => Browsers[Browser];

    public string Name => Number == 1 ? BrowserName : $"{BrowserName}-{Number}";

    public bool IsConnected => Connection is { Reported: PeerConnections.PeerConnectionState.Connected, IsChannelOpen: true };

    public BookPage Send(BookMessage message) => this with { Up = Up.Add(message) };

    public void Write(StateWriter writer)
    {
        writer.Byte(Browser);
        writer.Byte(Number);
        writer.Flag(IsOpen);
        writer.Flag(IsInRoom);
        WriteQueue(writer, Up);
        WriteQueue(writer, Down);
        writer.Flag(IsInitiator);
        writer.Flag(IsChannelReady);
        writer.Flag(IsStarted);
        writer.Byte((int)Media);
        writer.Flag(Connection is not null);
        Connection?.Write(writer);
        writer.Byte(Connections);
        writer.Flag(IsMakingOffer);
        writer.Byte(AnswersInMaking);
        writer.Byte((int)End);
    }

    private static void WriteQueue(StateWriter writer, ImmutableArray<BookMessage> queue)
    {
        writer.Byte(queue.Length);
        foreach (BookMessage message in queue)
            message.Write(writer);
    }
}
