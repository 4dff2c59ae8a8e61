using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow;

/// <summary>
/// Peers, a room and links between engines. In each step one of the things that may happen next does happen, so that a seed is one
/// interleaving; between them come faults, as many as were ordered.
/// </summary>
internal sealed class World(Random random, Action<string>? tell = null)
{
    private readonly List<WorldPeer> _peers = [];
    private readonly HashSet<string> _brokenLinks = [];
    private readonly List<Action> _possible = [];

    public IReadOnlyList<WorldPeer> Peers => _peers;

    public WorldRoom Room { get; } = new();

    public WorldPeer Add(FlowRules rules)
    {
        WorldPeer peer = new($"peer{_peers.Count + 1}", rules, tell);
        _peers.Add(peer);
        peer.Give(new CallInput.Join());
        return peer;
    }

    /// <summary>Lets things happen until nothing can happen any more.</summary>
    public void Run(int faults)
    {
        for (int step = 0; step < 5_000; step++)
        {
            if (faults > 0 && random.Next(12) == 0)
            {
                faults--;
                DoFault(_peers[random.Next(_peers.Count)]);
            }

            FindPossible();
            if (_possible.Count == 0)
                return;

            _possible[random.Next(_possible.Count)]();
        }

        Assert.Fail("The world does not come to rest.");
    }

    private void FindPossible()
    {
        _possible.Clear();
        foreach (WorldPeer peer in _peers.Where(peer => !peer.IsCrashed))
        {
            if (peer.Inbox.Count > 0)
                _possible.Add(() => peer.Give(peer.Inbox.Dequeue()));
            if (peer.Outbox.Count > 0)
                _possible.Add(() => Room.Take(peer));
            if (peer.Operations.Count > 0)
                _possible.Add(() => peer.EndOperation(fails: false));
            if (peer.IsMediaAskedFor)
                _possible.Add(() => peer.EndMedia(isReady: true));
            if (peer.Timers.Contains(FlowTimer.Disconnected))
                _possible.Add(() => peer.Elapse(FlowTimer.Disconnected));
            foreach (WorldConnection connection in peer.OpenConnections)
            {
                FindReport(peer, connection);
            }
        }

        if (_possible.Count == 0)
            FindEndOfAbsence();
    }

    // One whose other side did not come back to a server that forgot waits for it until a deadline; and learns of it that it is gone.
    private void FindEndOfAbsence()
    {
        foreach (WorldPeer peer in _peers.Where(peer => !peer.IsOver && peer.State.IsRemoteAbsent && peer.Timers.Any()))
        {
            FlowTimer deadline = peer.Timers.First();
            _possible.Add(() => peer.Elapse(deadline));
        }
    }

    private void FindReport(WorldPeer peer, WorldConnection connection)
    {
        WorldConnection? other = FindOther(connection);
        string? link = other is null ? null : connection.Described;
        if (link is not null && !IsBroken(peer, link))
        {
            if (connection.Reported != PeerConnectionState.Connected || connection.Link != link)
                _possible.Add(() => Connect(peer, connection, other!, link));
            else if (!connection.IsChannelOpen && other!.Link == link)
                _possible.Add(() => peer.OpenChannel(connection));
        }
        else if (link is not null && connection.FailedLink != link)
        {
            _possible.Add(() => Fail(peer, connection, link));
        }
        else if (connection.Link is not null && (IsBroken(peer, connection.Link) || !connection.Other!.IsOpen))
        {
            if (connection.Reported == PeerConnectionState.Connected)
                _possible.Add(() => peer.Report(connection, PeerConnectionState.Disconnected));
            else if (connection.FailedLink != connection.Link)
                _possible.Add(() => Fail(peer, connection, connection.Link));
        }
    }

    private static void Connect(WorldPeer peer, WorldConnection connection, WorldConnection other, string link)
    {
        connection.Link = link;
        connection.Other = other;
        if (connection.Reported != PeerConnectionState.Connected)
            peer.Report(connection, PeerConnectionState.Connected);
    }

    private static void Fail(WorldPeer peer, WorldConnection connection, string link)
    {
        connection.FailedLink = link;
        peer.Report(connection, PeerConnectionState.Failed);
    }

    private bool IsBroken(WorldPeer seenBy, string link) => _brokenLinks.Contains(link) || _brokenLinks.Contains(OneWay(seenBy, link));

    // A link that only one side has lost: the other sees nothing wrong.
    private static string OneWay(WorldPeer seenBy, string link) => $"{link} for {seenBy.Id}";

    private WorldConnection? FindOther(WorldConnection connection)
    {
        if (connection.Described is null)
            return null;

        foreach (WorldPeer peer in _peers)
        {
            foreach (WorldConnection other in peer.OpenConnections)
            {
                if (other != connection && other.Local == connection.Remote && other.Remote == connection.Local)
                    return other;
            }
        }

        return null;
    }

    private void DoFault(WorldPeer peer)
    {
        switch (random.Next(14))
        {
            case 0:
                peer.Give(new CallInput.HangUp());
                break;
            case 1 when random.Next(2) == 0 && Room.Members.Contains(peer):
                tell?.Invoke($"{peer.Id} loses the server");
                Room.Lose(peer);
                break;
            case 2 when random.Next(2) == 0 && Room.Members.Contains(peer):
                peer.Crash();
                Room.Lose(peer);
                break;
            case 3 when peer.IsMediaAskedFor:
                peer.EndMedia(isReady: false);
                break;
            case 4 when peer.Operations.Count > 0:
                peer.EndOperation(fails: true);
                break;
            case 5 when !peer.IsOver && peer.Timers.ToArray() is { Length: > 0 } timers && random.Next(3) == 0:
                peer.Elapse(timers[random.Next(timers.Length)]);
                break;
            case 6 when !peer.State.IsSignalingInterrupted && !peer.Inbox.Any(input => input is CallInput.Room { Event: RoomEvent.Interrupted }):
                peer.Give(new CallInput.Room(new RoomEvent.Interrupted()));
                peer.Give(new CallInput.Room(new RoomEvent.Resumed()));
                break;
            case 7 when _brokenLinks.Count > 0:
                tell?.Invoke("a link comes back by itself");
                _brokenLinks.Remove(_brokenLinks.First());
                break;
            case 8:
                tell?.Invoke("the server is started anew");
                Room.Restart();
                break;
            case > 8:
                BreakLink(peer);
                break;
        }
    }

    private void BreakLink(WorldPeer peer)
    {
        foreach (WorldConnection connection in peer.OpenConnections)
        {
            if ((connection.Link ?? connection.Described) is not { } link)
                continue;

            string broken = random.Next(2) == 0 ? link : OneWay(peer, link);
            _brokenLinks.Add(broken);
            tell?.Invoke($"the link '{broken}' breaks");
        }
    }
}
