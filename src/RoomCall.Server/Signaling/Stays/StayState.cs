namespace RoomCall.Server.Signaling;

/// <summary>Where a stay stands; changed under its lock.</summary>
internal enum StayState
{
    /// <summary>A connection holds the seat.</summary>
    Attached,

    /// <summary>The connection is gone, and the seat is kept.</summary>
    Away,

    /// <summary>The last frames and the reason are on their way; the seat is given up.</summary>
    Ending,

    /// <summary>Over: nothing is sent any more.</summary>
    Ended,
}
