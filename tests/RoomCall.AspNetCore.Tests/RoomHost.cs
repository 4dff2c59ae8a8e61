using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RoomCall.Server;

namespace RoomCall.AspNetCore.Tests;

/// <summary>An application with the signaling server at <c>/room</c>, and as a hub where it is asked for, on Kestrel and a free port of
/// loopback.</summary>
internal sealed class RoomHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private RoomHost(WebApplication application) => _application = application;

    public Uri Http { get; private set; } = null!;

    public Uri Endpoint => new UriBuilder(Http) { Scheme = "ws", Path = "/room" }.Uri;

    public SignalingServer Server => _application.Services.GetRequiredService<SignalingServer>();

    public IServiceProvider Services => _application.Services;

    public static async Task<RoomHost> StartAsync(
        Action<RoomCallServerOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? use = null,
        Action<IEndpointConventionBuilder>? convention = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddRoomCallServer(configure);
        build?.Invoke(builder);
        WebApplication application = builder.Build();
        use?.Invoke(application);
        IEndpointConventionBuilder endpoint = application.MapRoomCall("/room");
        convention?.Invoke(endpoint);
        try
        {
            await application.StartAsync();
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new RoomHost(application) { Http = new Uri(address) };
    }

    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource impatience = new();
        await impatience.CancelAsync();
        await _application.StopAsync(impatience.Token);
        await _application.DisposeAsync();
    }
}
