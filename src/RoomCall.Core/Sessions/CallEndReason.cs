namespace RoomCall;

/// <summary>Why a call or a session ended.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Detail">A sentence for people.</param>
public sealed record CallEndReason(CallEndCode Code, string Detail)
{
    /// <summary>Whether it ended by somebody's wish and not by a fault.</summary>
    public bool IsNormal => Code is CallEndCode.HungUp or CallEndCode.RemoteHungUp or CallEndCode.RemoteLeft;

    /// <summary>The code and the sentence.</summary>
    /// <returns>A text for people.</returns>
    public override string ToString() => $"{Code}: {Detail}";
}
