namespace RoomCall.Server;

/// <summary>Who is at the other end of a connection.</summary>
public sealed record SignalingClient
{
    /// <summary>Who has signed in, or null for nobody: a stay is resumed only by the one who began it. <value>Default: null.</value></summary>
    public string? UserId { get; init; }

    /// <summary>Decides whether this client may be in a room; gets the room, which is a valid name, and the name that the client wishes for,
    /// valid or null. What it throws is logged, and the client is refused. <value>Default: null, everybody may.</value></summary>
    public Func<string, string?, ValueTask<RoomAdmission>>? AdmitAsync { get; init; }
}
