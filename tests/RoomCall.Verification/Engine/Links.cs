using RoomCall.PeerConnections;

namespace RoomCall.Verification.Engine;

/// <summary>What an engine notices of the wire between two connections.</summary>
internal enum LinkNews
{
    None,

    /// <summary>The transports are connected.</summary>
    Connected,

    /// <summary>The data channel is open.</summary>
    ChannelOpen,

    /// <summary>Nothing comes from the other side any more.</summary>
    Disconnected,

    /// <summary>The connection is given up.</summary>
    Failed,
}

/// <summary>The wire between peer connections.</summary>
internal static class Links
{
    /// <summary>What an engine will notice next of its connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="others">The connections of all others that are open.</param>
    /// <param name="isNetworkDown">No packet flows anywhere.</param>
    public static LinkNews Next(ModelConnection connection, IReadOnlyList<ModelConnection> others, bool isNetworkDown)
    {
        if (connection.Agreed is not { } agreed || connection.Reported == PeerConnectionState.Failed)
            return LinkNews.None; // one that was given up does not come back by itself: that takes new descriptions

        if (IsUp(connection, others, isNetworkDown))
        {
            if (connection.Reported != PeerConnectionState.Connected || connection.Link != agreed)
                return LinkNews.Connected;

            return connection.IsChannelOpen ? LinkNews.None : LinkNews.ChannelOpen;
        }

        // The other side may still be about to apply its descriptions: at once only what can come no more is given up.
        bool isPeerGone = Find(others, connection.Names) is null;
        return IsCut(connection, isNetworkDown) || isPeerGone ? Loss(connection) : LinkNews.None;
    }

    /// <summary>What an engine says at last of a connection that nothing has cut and that does not come up, as for want of a candidate.</summary>
    /// <inheritdoc cref="Next"/>
    public static LinkNews AtLast(ModelConnection connection, IReadOnlyList<ModelConnection> others, bool isNetworkDown) =>
        connection.Agreed is null || connection.Reported == PeerConnectionState.Failed || IsUp(connection, others, isNetworkDown)
            ? LinkNews.None
            : Loss(connection);

    /// <summary>The two reach each other, so that the data channel may open.</summary>
    /// <inheritdoc cref="Next"/>
    public static bool IsUp(ModelConnection connection, IReadOnlyList<ModelConnection> others, bool isNetworkDown) =>
        !IsCut(connection, isNetworkDown)
        && connection.HasRemoteCandidate
        && Find(others, other => connection.IsMirroredBy(other)) is { HasRemoteCandidate: true };

    /// <summary>The connection after its engine has noticed it.</summary>
    public static ModelConnection Notice(ModelConnection connection, LinkNews news) => news switch
    {
        LinkNews.Connected => connection with { Reported = PeerConnectionState.Connected, Link = connection.Agreed },
        LinkNews.ChannelOpen => connection with { IsChannelOpen = true },
        LinkNews.Disconnected => connection with { Reported = PeerConnectionState.Disconnected },
        LinkNews.Failed => connection with { Reported = PeerConnectionState.Failed },
        _ => connection,
    };

    private static bool IsCut(ModelConnection connection, bool isNetworkDown) =>
        isNetworkDown || (connection.Agreed is not null && connection.Broken == connection.Agreed);

    private static LinkNews Loss(ModelConnection connection) =>
        connection.Reported == PeerConnectionState.Connected ? LinkNews.Disconnected : LinkNews.Failed;

    private static ModelConnection? Find(IReadOnlyList<ModelConnection> connections, Func<ModelConnection, bool> predicate)
    {
        foreach (ModelConnection connection in connections)
        {
            if (predicate(connection))
                return connection;
        }

        return null;
    }
}
