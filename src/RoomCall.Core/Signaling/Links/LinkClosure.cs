namespace RoomCall.Signaling.Links;

/// <summary>How a server closed a link.</summary>
/// <param name="Code">The transport's close code (of WebSocket: RFC 6455, section 7.4), if it has one.</param>
/// <param name="Reason">The server's words, if there were any.</param>
public sealed record LinkClosure(int? Code, string? Reason)
{
    /// <summary>Says both.</summary>
    /// <returns>A text for a message or a log.</returns>
    public override string ToString() => (Code, Reason) switch
    {
        (null, null or "") => "no reason given",
        (null, _) => Reason,
        (_, null or "") => $"code {Code}",
        _ => $"code {Code}, {Reason}",
    };
}
