using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RoomCall.AspNetCore.Tests;

public sealed class HealthCheckTests
{
    [Test]
    public async Task A_server_that_takes_clients_is_healthy_and_says_how_many_it_has()
    {
        await using RoomHost host = await StartAsync();
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);
        await using RawClient bob = await RawClient.EnterAsync(host.Endpoint);
        await using RawClient carol = await RawClient.EnterAsync(host.Endpoint, "elsewhere");

        HealthReportEntry entry = await CheckAsync(host);

        Assert.That(entry.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(entry.Data, Is.EquivalentTo(new Dictionary<string, object> { ["connections"] = 3, ["rooms"] = 2, ["members"] = 3 }));
    }

    [Test]
    public async Task A_server_that_stops_is_unhealthy_from_then_on()
    {
        await using RoomHost host = await StartAsync();
        await host.Server.StopAsync();

        HealthReportEntry entry = await CheckAsync(host);
        using HttpClient http = new();
        using HttpResponseMessage response = await http.GetAsync(new Uri(host.Http, "/health"));

        Assert.That((entry.Status, entry.Description), Is.EqualTo((HealthStatus.Unhealthy, "The signaling server is stopping.")));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [Test]
    public async Task A_host_may_choose_what_a_server_that_stops_is()
    {
        await using RoomHost host = await RoomHost.StartAsync(
            build: builder => builder.Services.AddHealthChecks().AddRoomCall(failureStatus: HealthStatus.Degraded));
        await host.Server.StopAsync();

        Assert.That((await CheckAsync(host)).Status, Is.EqualTo(HealthStatus.Degraded));
    }

    [Test]
    public async Task The_check_has_the_name_and_the_tags_that_it_was_given()
    {
        await using RoomHost host = await RoomHost.StartAsync(build: builder => builder.Services.AddHealthChecks().AddRoomCall("rooms", tags: ["ready"]));

        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("ready"));

        Assert.That(report.Entries.Keys, Is.EqualTo(new[] { "rooms" }));
    }

    private static Task<RoomHost> StartAsync() => RoomHost.StartAsync(
        build: builder => builder.Services.AddHealthChecks().AddRoomCall(),
        use: application => application.MapHealthChecks("/health"));

    private static async Task<HealthReportEntry> CheckAsync(RoomHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["roomcall"];
}
