using RoomCall.PeerConnections;
using RoomCall.Verification.Engine;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Book;

/// <summary>What is well in the book's world, and what is not.</summary>
internal static class BookJudge
{
    /// <summary>Two are in an open call.</summary>
    public static bool IsCall(BookState state)
    {
        foreach (BookPage page in state.Pages)
        {
            if (IsInCall(state, page))
                return true;
        }

        return false;
    }

    /// <summary>Judges what must hold at every moment.</summary>
    public static Violation? JudgeMoment(BookState state)
    {
        int offerers = 0;
        foreach (BookPage page in state.Pages)
            offerers += page is { IsStarted: true, IsInitiator: true } ? 1 : 0;

        if (offerers > 1)
            return new Violation(Rule.OneOfferer, "Two have started as the initiator.");

        int inside = BookRoom.CountInside(state);
        return inside > BookRoom.Places ? new Violation(Rule.RoomCapacity, $"{inside} are in the room.") : null;
    }

    /// <summary>Why a page must not stay as it is for ever; null: it may, as it is in an open call, or alone in the room and ready for the
    /// next, or was told an end.</summary>
    public static string? WhyNotWell(BookState state, BookPage page)
    {
        if (!page.IsOpen || page.End != BookEnd.None || IsInCall(state, page))
            return null;

        bool isAlone = BookRoom.CountInside(state) == 1 && page.IsInRoom;
        if (isAlone && page is { IsInitiator: true, HasLocalStream: true, IsStarted: false })
            return null;

        return $"{page.Name} waits for ever: {WhatFor(page)}.";
    }

    private static bool IsInCall(BookState state, BookPage page)
    {
        if (!page.IsConnected)
            return false;

        foreach (BookPage other in state.Pages)
        {
            if (other.IsConnected && page.Connection!.IsMirroredBy(other.Connection!))
                return true;
        }

        return false;
    }

    private static string WhatFor(BookPage page) => page switch
    {
        { IsInitiator: false, IsChannelReady: false } => "the server does not answer",
        { Media: BookMedia.Refused } => "it has no local stream, its media was refused",
        { HasLocalStream: false } => "it has no local stream, the user never answers",
        { IsStarted: false } => "nobody is there, or says that it is ready",
        { Connection: { Agreed: null } connection } => WhatFor(page, connection),
        { Connection.Reported: PeerConnectionState.Disconnected or PeerConnectionState.Failed } => "its connection is lost",
        { Connection.HasRemoteCandidate: false } => "its connection has no candidate of the other",
        { IsConnected: false } => "its connection does not come up",
        _ => "the other is not in the call any more",
    };

    private static string WhatFor(BookPage page, ModelConnection connection) => connection.Signaling switch
    {
        SignalingState.HaveLocalOffer => "no answer comes",
        SignalingState.HaveRemoteOffer => "its answer can't be made",
        _ => page.IsInitiator ? "its offer can't be made" : "no offer comes",
    };
}
