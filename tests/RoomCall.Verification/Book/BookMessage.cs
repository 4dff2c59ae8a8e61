using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Book;

/// <summary>One message on the way between a browser and the server.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Sdp">The description that it carries, or whose candidate it is.</param>
/// <param name="AnswerTo">For an answer: the offer that it answers. The book's messages do not say so; only the judge looks at it.</param>
internal readonly record struct BookMessage(BookMessageKind Kind, string? Sdp = null, string? AnswerTo = null)
{
    /// <summary>One peer says it to the other, and the server does not look inside (S8).</summary>
    public bool IsOfPeer => Kind is >= BookMessageKind.GotUserMedia and <= BookMessageKind.Bye;

    public void Write(StateWriter writer)
    {
        writer.Byte((int)Kind);
        writer.Text(Sdp);
        writer.Text(AnswerTo);
    }
}
