using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace RoomCall.AspNetCore.Tests;

/// <summary>How many streams a connection has.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HubPlaceTests
{
    private readonly Caller _caller = new();

    [Test]
    public void A_stay_that_has_ended_makes_room_for_the_next_though_its_stream_is_not_over()
    {
        HubPlace first = HubPlace.TryTake(_caller, 1)!;
        Assert.That(HubPlace.TryTake(_caller, 1), Is.Null);

        first.Leave();
        first.Leave();
        HubPlace second = HubPlace.TryTake(_caller, 1)!;

        Assert.That(HubPlace.TryTake(_caller, 1), Is.Null);
        second.Release();
        Assert.That(HubPlace.TryTake(_caller, 1), Is.Not.Null);
    }

    [Test]
    public void As_many_streams_as_there_may_be_stays_may_be_on_their_way_out()
    {
        HubPlace first = HubPlace.TryTake(_caller, 1)!;
        first.Leave();
        HubPlace second = HubPlace.TryTake(_caller, 1)!;
        second.Leave();

        Assert.That(HubPlace.TryTake(_caller, 1), Is.Null);
        first.Release();
        Assert.That(HubPlace.TryTake(_caller, 1), Is.Not.Null);
    }

    [Test]
    public void A_stream_is_over_when_both_directions_are()
    {
        HubPlace first = HubPlace.TryTake(_caller, 1)!;
        first.Hold();
        first.Release();
        Assert.That(HubPlace.TryTake(_caller, 1), Is.Null);

        first.Release();
        Assert.That(HubPlace.TryTake(_caller, 1), Is.Not.Null);

        // One that begins to read a stream that is over already finds its end.
        first.Hold();
        first.Release();
        Assert.That(HubPlace.TryTake(_caller, 1), Is.Null);
    }

    internal sealed class Caller : HubCallerContext
    {
        public override string ConnectionId => "1";

        public override string? UserIdentifier => null;

        public override ClaimsPrincipal? User => null;

        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override CancellationToken ConnectionAborted => default;

        public override void Abort()
        {
        }
    }
}
