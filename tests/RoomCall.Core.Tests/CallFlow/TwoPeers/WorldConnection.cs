using RoomCall.PeerConnections;

namespace RoomCall.Tests.Flow;

/// <summary>A peer connection as an engine would have it: two are connected when each has applied what the other has.</summary>
internal sealed class WorldConnection(string owner, int number)
{
    private int _descriptions;

    public int Number => number;

    public bool IsOpen { get; set; } = true;

    public string? Local { get; set; }

    public string? Remote { get; set; }

    public PeerConnectionState Reported { get; set; }

    public bool IsChannelOpen { get; set; }

    /// <summary>The link that is up or was up last, and who is at its other end.</summary>
    public string? Link { get; set; }

    public WorldConnection? Other { get; set; }

    /// <summary>The link that was reported to have failed.</summary>
    public string? FailedLink { get; set; }

    /// <summary>The link that the present descriptions make, the same text on both sides.</summary>
    public string? Described => Local is null || Remote is null
        ? null
        : string.CompareOrdinal(Local, Remote) < 0 ? $"{Local} {Remote}" : $"{Remote} {Local}";

    public string NewDescription() => $"{owner}/{number}/{++_descriptions}";
}
