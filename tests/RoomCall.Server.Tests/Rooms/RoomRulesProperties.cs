using FsCheck;
using FsCheck.Fluent;
using RoomCall.Server.Rooms;
using RoomCall.Signaling;
using RoomCall.Tests;

namespace RoomCall.Server.Tests.Rooms;

/// <summary>Beyond the few peers of <see cref="RoomRulesWalkTests"/>: long lives of large rooms.</summary>
public sealed class RoomRulesProperties
{
    private const int Cases = 2_000;

    private static readonly Gen<Life> AnyLife =
        from capacity in Gen.OneOf(Gen.Choose(1, 3), Gen.Choose(1, 30))
        from peers in Gen.Choose(1, 40)
        from moves in (from peer in Gen.Choose(1, peers)
                       from enters in Gen.Frequency((2, Gen.Constant(true)), (1, Gen.Constant(false)))
                       select new Move($"p{peer}", enters)).ListOf().ScaleSize(size => 2 * size)
        select new Life(capacity, [.. moves]);

    [Test]
    public void A_room_never_has_more_members_than_places_and_its_longest_stay_is_the_initiator() =>
        Properties.Hold(Cases, AnyLife, Smaller, life =>
        {
            List<string> model = [];
            RoomState state = RoomState.Empty("lobby", life.Capacity);
            foreach (Move move in life.Moves)
            {
                state = Step(state, move).State;
                if (!move.Enters)
                    model.Remove(move.Peer);
                else if (!model.Contains(move.Peer) && model.Count < life.Capacity)
                    model.Add(move.Peer);

                if (!state.Members.SequenceEqual(model) || state.Initiator != model.FirstOrDefault())
                    throw new AssertionException($"After {move} it is {state} with initiator {state.Initiator}, and should be {string.Join(", ", model)}.");
            }
        });

    [Test]
    public void What_each_member_was_told_adds_up_to_the_room_as_it_is() =>
        Properties.Hold(Cases, AnyLife, Smaller, life =>
        {
            Dictionary<string, (List<string> Members, string Initiator)> known = [];
            RoomState state = RoomState.Empty("lobby", life.Capacity);
            foreach (Move move in life.Moves)
            {
                RoomStep step = Step(state, move);
                state = step.State;
                if (!move.Enters)
                    known.Remove(move.Peer);

                foreach (RoomNotice notice in step.Notices)
                {
                    Learn(known, notice);
                }

                if (!known.Keys.Order().SequenceEqual(state.Members.Order()))
                    throw new AssertionException($"After {move}, {string.Join(", ", known.Keys)} believe to be inside of {state}.");

                foreach ((string member, (List<string> members, string initiator)) in known)
                {
                    if (!members.SequenceEqual(state.Members) || initiator != state.Initiator)
                        throw new AssertionException($"After {move}, {member} believes {string.Join(", ", members)} with {initiator}; it is {state}.");
                }
            }
        });

    private static RoomStep Step(RoomState state, Move move) =>
        move.Enters ? RoomRules.Enter(state, move.Peer, []) : RoomRules.Leave(state, move.Peer, PeerLeftReason.Left);

    private static void Learn(Dictionary<string, (List<string> Members, string Initiator)> known, RoomNotice notice)
    {
        switch (notice.Event)
        {
            case RoomEvent.Created created:
                known.Add(notice.To, ([created.Self], created.Self));
                break;
            case RoomEvent.Joined joined:
                known.Add(notice.To, ([.. joined.Peers, joined.Self], joined.Initiator));
                break;
            case RoomEvent.Join join:
                known[notice.To] = ([.. known[notice.To].Members, join.Peer], join.Initiator);
                break;
            case RoomEvent.Left left:
                known[notice.To] = ([.. known[notice.To].Members.Where(peer => peer != left.Peer)], left.Initiator);
                break;
            case RoomEvent.Full when known.ContainsKey(notice.To):
                throw new AssertionException($"{notice.To} is inside, and was told that the room is full.");
        }
    }

    private static IEnumerable<Life> Smaller(Life life) => Properties.Shorter(life.Moves).Select(moves => life with { Moves = moves });

    internal readonly record struct Move(string Peer, bool Enters)
    {
        public override string ToString() => $"{Peer} {(Enters ? "enters" : "leaves")}";
    }

    internal sealed record Life(int Capacity, Move[] Moves)
    {
        public override string ToString() => $"capacity {Capacity}: {string.Join(", ", Moves)}";
    }
}
