using System.Collections.Immutable;
using System.Reflection;
using RoomCall.Server.Rooms;
using RoomCall.Signaling;
using RoomCall.Verification.Engine;
using RoomCall.Verification.Exploration;
using RoomCall.Verification.Worlds;

namespace RoomCall.Verification.Tests.Worlds;

/// <summary>Nothing of what surrounds a flow is left out of a state either.</summary>
public sealed class WorldWriterTests
{
    private static readonly ModelConnection Connection = new("Alice", 1);

    private static readonly Side Alice = new("Alice", new FlowRules()) { Stay = 1, IsRunning = true, Connection = Connection };

    private static readonly WorldState World = new() { Sides = [Alice] };

    // A side's name and options are the same in all states, and its id follows from its name and its stay.
    private static readonly string[] Fixed = [nameof(Side.Name), nameof(Side.Rules), nameof(Side.Id)];

    private static IEnumerable<PropertyInfo> OfWorld => Of<WorldState>();

    private static IEnumerable<PropertyInfo> OfSide => Of<Side>().Where(static property => !Fixed.Contains(property.Name));

    private static IEnumerable<PropertyInfo> OfConnection => Of<ModelConnection>();

    [TestCaseSource(nameof(OfWorld))]
    public void Each_part_of_the_world_is_taken_down(PropertyInfo property) =>
        AssertIsTold(static world => world, World, property);

    [TestCaseSource(nameof(OfSide))]
    public void Each_part_of_a_side_is_taken_down(PropertyInfo property) =>
        AssertIsTold(static side => World with { Sides = [side] }, Alice, property);

    [TestCaseSource(nameof(OfConnection))]
    public void Each_part_of_a_connection_is_taken_down(PropertyInfo property) =>
        AssertIsTold(static connection => World with { Sides = [Alice with { Connection = connection }] }, Connection, property);

    private static IEnumerable<PropertyInfo> Of<T>() => typeof(T).GetProperties().Where(static property => property.CanWrite);

    private static void AssertIsTold<T>(Func<T, WorldState> place, T part, PropertyInfo property)
        where T : class
    {
        object changed = typeof(T).GetMethod("<Clone>$")!.Invoke(part, null)!;
        property.SetValue(changed, Another(property, part));

        Assert.That(Fingerprint(place((T)changed)), Is.Not.EqualTo(Fingerprint(place(part))));
    }

    private static object? Another(PropertyInfo property, object part)
    {
        CallInput.PeerSaid said = new("Bob", new PeerMessage.Bye());
        return property.PropertyType switch
        {
            var type when type == typeof(string) => "another",
            var type when type == typeof(bool) => !(bool)property.GetValue(part)!,
            var type when type == typeof(int) || type == typeof(ulong) => Convert.ChangeType(7, type, null),
            var type when type.IsEnum => Enum.GetValues(type).GetValue(1),
            var type when type == typeof((string, string)?) => ("one", "other"),
            var type when type == typeof(FlowState) => new FlowState { Generation = 7 },
            var type when type == typeof(RunningTimer?) => new RunningTimer(FlowTimer.Recovery, 7),
            var type when type == typeof(ImmutableArray<RunningTimer?>) => ImmutableArray.Create<RunningTimer?>(null, null, null, new(FlowTimer.Signaling, 7)),
            var type when type == typeof(ImmutableArray<CallInput>) => ImmutableArray.Create<CallInput>(said),
            var type when type == typeof(ImmutableArray<CallEffect>) => ImmutableArray.Create<CallEffect>(new CallEffect.CreateOffer(1, false)),
            var type when type == typeof(ImmutableArray<PeerMessage>) => ImmutableArray.Create<PeerMessage>(new PeerMessage.Bye()),
            var type when type == typeof(ImmutableArray<Side>) => ImmutableArray.Create(Alice with { Stay = 7 }),
            var type when type == typeof(ImmutableArray<Ghost>) => ImmutableArray.Create(new Ghost("Bob", [])),
            var type when type == typeof(ModelConnection) => null,
            var type when type == typeof(HeldMessage) => new HeldMessage(0, 1, said),
            var type when type == typeof(RoomState) => RoomState.Empty(WorldState.RoomName, capacity: 2).With("Alice"),
            var type => throw new NotSupportedException($"Give a value of {type} for {property.Name}."),
        };
    }

    private static UInt128 Fingerprint(WorldState state)
    {
        StateWriter writer = new();
        WorldWriter.Write(writer, state);
        return writer.Fingerprint();
    }
}
