namespace RoomCall.Signaling.Links;

/// <summary>What becomes of a link, and of the stay, after a frame or at the link's end.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Error">Why; null with a normal end.</param>
internal readonly record struct Verdict(VerdictKind Kind, Exception? Error)
{
    public static Verdict GoOn => default;

    /// <summary>The server has forgotten the stay: ask for the room again, on a new link and at once.</summary>
    public static Verdict AskAgain => new(VerdictKind.AskAgain, null);

    public static Verdict Over(Exception? error = null) => new(VerdictKind.Over, error);

    public static Verdict Malformed(string what) => Over(SignalingLoss.Malformed(what));

    public static Verdict Lost(Exception error) => new(VerdictKind.Lost, error);
}
