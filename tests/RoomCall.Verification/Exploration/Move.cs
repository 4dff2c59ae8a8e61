namespace RoomCall.Verification.Exploration;

/// <summary>One thing that may happen next. What its numbers mean is the model's to say.</summary>
/// <param name="Class">Whether a world that behaves does it, and when.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Who">To whom.</param>
/// <param name="What">Which one of several.</param>
internal readonly record struct Move(MoveClass Class, byte Kind, byte Who, byte What)
{
    public int Pack() => ((int)Class << 24) | (Kind << 16) | (Who << 8) | What;

    public static Move Unpack(int packed) => new((MoveClass)(packed >> 24), (byte)(packed >> 16), (byte)(packed >> 8), (byte)packed);
}
