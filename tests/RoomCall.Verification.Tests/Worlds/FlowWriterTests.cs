using System.Reflection;
using RoomCall.PeerConnections;
using RoomCall.Signaling;
using RoomCall.Verification.Exploration;
using RoomCall.Verification.Worlds;

namespace RoomCall.Verification.Tests.Worlds;

/// <summary>A state that is taken down without one of its fields would be taken for another: then nothing would be proved.</summary>
public sealed class FlowWriterTests
{
    // Only which timer runs matters, and that the side knows.
    private static readonly string[] NotTakenDown =
    [
        nameof(FlowState.PhaseTimer), nameof(FlowState.MediaTimer), nameof(FlowState.DisconnectedTimer), nameof(FlowState.SignalingTimer),
        nameof(FlowState.LastTimer),
    ];

    private static IEnumerable<PropertyInfo> Fields => typeof(FlowState).GetProperties().Where(static property => property.CanWrite);

    [TestCaseSource(nameof(Fields))]
    public void Each_field_of_the_flow_is_taken_down(PropertyInfo property)
    {
        object changed = new FlowState();
        property.SetValue(changed, AnotherValue(property));

        bool isTold = Fingerprint((FlowState)changed) != Fingerprint(new FlowState());

        Assert.That(isTold, Is.EqualTo(!NotTakenDown.Contains(property.Name)));
    }

    private static object AnotherValue(PropertyInfo property) => property.PropertyType switch
    {
        var type when type == typeof(string) => "another",
        var type when type == typeof(bool) => !(bool)property.GetValue(new FlowState())!,
        var type when type == typeof(int) => 7,
        var type when type.IsEnum => Enum.GetValues(type).GetValue(1)!,
        var type when type == typeof(PeerMessage.Offer) => new PeerMessage.Offer("an offer", 1),
        var type when type == typeof(CallEndReason) => new CallEndReason(CallEndCode.HungUp, "This side hung up."),
        var type when type == typeof(System.Collections.Immutable.ImmutableList<PeerMessage.Candidate>) =>
            System.Collections.Immutable.ImmutableList.Create(new PeerMessage.Candidate(new IceCandidate("one"), 1)),
        var type when type == typeof(System.Collections.Immutable.ImmutableList<IceCandidate>) =>
            System.Collections.Immutable.ImmutableList.Create(new IceCandidate("one")),
        var type => throw new NotSupportedException($"Give a value of {type} for {property.Name}."),
    };

    private static UInt128 Fingerprint(FlowState state)
    {
        StateWriter writer = new();
        writer.Write(state);
        return writer.Fingerprint();
    }
}
