using RoomCall.Server.Rooms;

namespace RoomCall.Server.Tests.Rooms;

public sealed class RoomStateTests
{
    private static readonly RoomState Empty = RoomState.Empty("lobby", 2);

    [Test]
    public void States_with_the_same_members_in_the_same_order_are_equal()
    {
        RoomState one = Empty.With("a").With("b");
        RoomState other = Empty.With("c").With("a").With("b").Without("c");

        Assert.That(one.Equals(other), Is.True);
        Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
    }

    [Test]
    public void Order_members_capacity_and_name_tell_states_apart()
    {
        RoomState state = Empty.With("a").With("b");

        Assert.That(state.Equals(Empty.With("b").With("a")), Is.False);
        Assert.That(state.Equals(Empty.With("a")), Is.False);
        Assert.That(state.Equals(RoomState.Empty("lobby", 3).With("a").With("b")), Is.False);
        Assert.That(state.Equals(RoomState.Empty("hall", 2).With("a").With("b")), Is.False);
        Assert.That(state.Equals(null), Is.False);
    }
}
