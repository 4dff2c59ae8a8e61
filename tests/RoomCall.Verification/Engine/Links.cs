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
        if (connection.Agreed is not { } agreed)
            return LinkNews.None;

        ModelConnection? mirror = Find(others, other => connection.IsMirroredBy(other));
        bool isCut = isNetworkDown || connection.Broken == agreed;
        bool isUp = !isCut && mirror is { HasRemoteCandidate: true } && connection.HasRemoteCandidate;
        if (isUp)
        {
            if (connection.Reported != PeerConnectionState.Connected || connection.Link != agreed)
                return LinkNews.Connected;

            return !connection.IsChannelOpen && mirror!.Link == (agreed.Remote, agreed.Local) ? LinkNews.ChannelOpen : LinkNews.None;
        }

        // The other side may still be about to apply its descriptions: only what can come no more is given up.
        bool isPeerGone = Find(others, connection.Names) is null;
        if (!isCut && !isPeerGone)
            return LinkNews.None;

        return connection.Reported switch
        {
            PeerConnectionState.Failed => LinkNews.None,
            PeerConnectionState.Connected => LinkNews.Disconnected,
            _ => LinkNews.Failed,
        };
    }

    /// <summary>The connection after its engine has noticed it.</summary>
    public static ModelConnection Notice(ModelConnection connection, LinkNews news) => news switch
    {
        LinkNews.Connected => connection with { Reported = PeerConnectionState.Connected, Link = connection.Agreed },
        LinkNews.ChannelOpen => connection with { IsChannelOpen = true },
        LinkNews.Disconnected => connection with { Reported = PeerConnectionState.Disconnected },
        LinkNews.Failed => connection with { Reported = PeerConnectionState.Failed },
        _ => connection,
    };

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
