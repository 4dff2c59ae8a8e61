using RoomCall.Conformance;

namespace RoomCall.SipSorcery.Tests;

/// <summary>Neither engine can show the closing of a channel.</summary>
[TestFixture]
public sealed class SipSorceryCallClosingTests() : CallClosingConformance(initiatorCan: false, joinerCan: false)
{
    protected override ValueTask<CallWorld> CreateWorldAsync() => SipSorceryCallWorld.StartAsync();
}
