using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace RoomCall.AspNetCore.Tests;

/// <summary>What ASP.NET Core puts on endpoints works on this one.</summary>
public sealed class ConventionTests
{
    [Test]
    public async Task Who_has_not_signed_in_is_refused_where_authorization_is_required()
    {
        await using RoomHost host = await RoomHost.StartAsync(build: SignedIn.Add, convention: endpoint => endpoint.RequireAuthorization());

        Handshake answer = await Handshake.TryAsync(host);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Who_has_signed_in_meets_others_where_authorization_is_required()
    {
        await using RoomHost host = await RoomHost.StartAsync(build: SignedIn.Add, convention: endpoint => endpoint.RequireAuthorization());
        await using RawClient alice = await ConnectAsync("alice");
        await using RawClient bob = await ConnectAsync("bob");
        await alice.JoinAsync();

        JsonObject joined = await bob.JoinAsync();

        Assert.That((string?)joined["initiator"], Is.EqualTo(alice.Self));

        Task<RawClient> ConnectAsync(string user) =>
            RawClient.ConnectAsync(host.Endpoint, options => options.SetRequestHeader(SignedIn.As(user).Name, SignedIn.As(user).Value));
    }

    [Test]
    public async Task A_policy_that_the_user_does_not_meet_forbids()
    {
        await using RoomHost host = await RoomHost.StartAsync(
            build: SignedIn.Add,
            convention: endpoint => endpoint.RequireAuthorization(policy => policy.RequireRole("doctor")));

        Handshake answer = await Handshake.TryAsync(host, SignedIn.As("alice"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_rate_limit_refuses_the_handshake_above_it()
    {
        await using RoomHost host = await RoomHost.StartAsync(
            build: builder => builder.Services.AddRateLimiter(limits =>
            {
                limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                limits.AddFixedWindowLimiter("few", window => (window.PermitLimit, window.Window) = (2, TimeSpan.FromHours(1)));
            }),
            use: application => application.UseRateLimiter(),
            convention: endpoint => endpoint.RequireRateLimiting("few"));

        HttpStatusCode[] answers =
        [
            (await Handshake.TryAsync(host)).Status,
            (await Handshake.TryAsync(host)).Status,
            (await Handshake.TryAsync(host)).Status,
        ];

        Assert.That(answers, Is.EqualTo(new[]
        {
            HttpStatusCode.SwitchingProtocols, HttpStatusCode.SwitchingProtocols, HttpStatusCode.TooManyRequests,
        }));
    }

    [Test]
    public async Task A_required_host_hides_the_endpoint_from_others()
    {
        await using RoomHost host = await RoomHost.StartAsync(convention: endpoint => endpoint.RequireHost("rooms.example.org"));

        Handshake other = await Handshake.TryAsync(host);
        Handshake own = await Handshake.TryAsync(host, ("Host", "rooms.example.org"));

        Assert.That((other.Status, own.Status), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.SwitchingProtocols)));
    }

    [Test]
    public async Task A_required_CORS_policy_is_on_the_endpoint()
    {
        await using RoomHost host = await RoomHost.StartAsync(
            build: builder => builder.Services.AddCors(cors => cors.AddPolicy("pages", policy => policy.WithOrigins("https://example.org"))),
            use: application => application.UseCors(),
            convention: endpoint => endpoint.RequireCors("pages"));

        Endpoint mapped = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.Single();
        Handshake answer = await Handshake.TryAsync(host);

        Assert.That(mapped.Metadata.GetMetadata<IEnableCorsAttribute>()?.PolicyName, Is.EqualTo("pages"));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SwitchingProtocols));
    }

    [Test]
    public async Task The_endpoint_says_what_it_is()
    {
        await using RoomHost host = await RoomHost.StartAsync();

        Endpoint mapped = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.Single();

        Assert.That(mapped.DisplayName, Is.EqualTo("RoomCall signaling /room"));
    }
}
