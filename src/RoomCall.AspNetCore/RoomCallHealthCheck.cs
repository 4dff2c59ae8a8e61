using Microsoft.Extensions.Diagnostics.HealthChecks;
using RoomCall.Server;

namespace RoomCall.AspNetCore;

/// <summary>Healthy while the server takes clients, with how many it has; unhealthy, or what the host has chosen instead, from the moment
/// it stops, so that no new ones are sent to it.</summary>
internal sealed class RoomCallHealthCheck(SignalingServer server) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Dictionary<string, object> data = new()
        {
            ["connections"] = server.ConnectionCount,
            ["rooms"] = server.Broker.RoomCount,
            ["members"] = server.Broker.MemberCount,
        };
        return Task.FromResult(server.IsStopping
            ? new HealthCheckResult(context.Registration.FailureStatus, "The signaling server is stopping.", data: data)
            : HealthCheckResult.Healthy("The signaling server takes clients.", data));
    }
}
