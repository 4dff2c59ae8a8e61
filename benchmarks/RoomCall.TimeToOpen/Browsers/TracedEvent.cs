namespace RoomCall.TimeToOpen.Browsers;

/// <summary>Something that happened in a page on the way to its data channel.</summary>
internal sealed class TracedEvent
{
    /// <summary>When, in milliseconds.</summary>
    public double At { get; set; }

    /// <summary>What, in a few words.</summary>
    public string What { get; set; } = "";
}
