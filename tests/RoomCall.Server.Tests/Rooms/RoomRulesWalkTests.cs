using System.Collections.Immutable;
using RoomCall.Server.Rooms;
using RoomCall.Signaling;

namespace RoomCall.Server.Tests.Rooms;

/// <summary>Walks all sequences of entering and leaving of four peers, and follows what each peer knows from what it was told.</summary>
public sealed class RoomRulesWalkTests
{
    private const int Depth = 8;
    private static readonly string[] Peers = ["a", "b", "c", "d"];

    private sealed record View(ImmutableArray<string> Members, string Initiator);

    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Everyone_inside_knows_the_room_as_it_is_after_every_sequence(int capacity)
    {
        int steps = 0;
        HashSet<RoomState> states = [];
        Walk(RoomState.Empty("lobby", capacity), ImmutableDictionary<string, View>.Empty, Depth, states, ref steps);

        Assert.That(steps, Is.GreaterThan(Math.Pow(Peers.Length, Depth)), "the walk has been everywhere");
        Assert.That(states, Has.Count.EqualTo(OrderedChoices(Peers.Length, capacity)), "each state that can be, and no other");
    }

    private static void Walk(RoomState state, ImmutableDictionary<string, View> views, int depth, HashSet<RoomState> states, ref int steps)
    {
        states.Add(state);
        if (depth == 0)
            return;

        foreach (string peer in Peers)
        {
            RoomStep entered = RoomRules.Enter(state, peer, []);
            RoomStep left = RoomRules.Leave(state, peer, PeerLeftReason.Left);
            bool isInside = state.Holds(peer);
            RoomStep idle = isInside ? entered : left;
            if (idle.State != state || !idle.Notices.IsEmpty)
                Assert.Fail($"{peer} did what it had done already, and {state} became {idle.State}.");

            RoomStep step = isInside ? left : entered;
            ImmutableDictionary<string, View> after = isInside ? views.Remove(peer) : views;
            foreach (RoomNotice notice in step.Notices)
                after = Tell(after, notice);

            Check(step.State, after);
            steps++;
            Walk(step.State, after, depth - 1, states, ref steps);
        }
    }

    private static ImmutableDictionary<string, View> Tell(ImmutableDictionary<string, View> views, RoomNotice notice)
    {
        views.TryGetValue(notice.To, out View? view);
        switch (notice.Event)
        {
            case RoomEvent.Created created when view is null:
                return views.Add(notice.To, new View([created.Self], created.Self));
            case RoomEvent.Joined joined when view is null:
                return views.Add(notice.To, new View([.. joined.Peers, joined.Self], joined.Initiator));
            case RoomEvent.Full when view is null:
                return views;
            case RoomEvent.Join join when view is not null && !view.Members.Contains(join.Peer):
                return views.SetItem(notice.To, new View(view.Members.Add(join.Peer), join.Initiator));
            case RoomEvent.Left left when view is not null && view.Members.Contains(left.Peer):
                return views.SetItem(notice.To, new View(view.Members.Remove(left.Peer), left.Initiator));
            default:
                throw new AssertionException($"{notice.To} cannot make sense of {notice.Event}.");
        }
    }

    private static void Check(RoomState state, ImmutableDictionary<string, View> views)
    {
        if (state.Members.Length > state.Capacity)
            Assert.Fail($"Over capacity: {state}.");

        if (views.Count != state.Members.Length)
            Assert.Fail($"{string.Join(',', views.Keys)} believe to be inside of {state}.");

        foreach (string member in state.Members)
        {
            View view = views[member];
            if (!view.Members.SequenceEqual(state.Members) || view.Initiator != state.Initiator)
                Assert.Fail($"{member} believes {string.Join(',', view.Members)} with initiator {view.Initiator}; it is {state}.");
        }
    }

    /// <summary>How many ordered selections of at most so many peers there are: the states that a room can have.</summary>
    private static int OrderedChoices(int peers, int capacity)
    {
        int total = 1;
        int ofThisSize = 1;
        for (int size = 1; size <= capacity; size++)
        {
            ofThisSize *= peers - size + 1;
            total += ofThisSize;
        }

        return total;
    }
}
