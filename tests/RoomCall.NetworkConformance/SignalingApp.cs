using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RoomCall.AspNetCore;
using RoomCall.Server;

namespace RoomCall.NetworkConformance;

/// <summary>The signaling server in an application of its own, on Kestrel and loopback, without a limit that a test could meet by being
/// fast.</summary>
public sealed class SignalingApp : IAsyncDisposable
{
    /// <summary>Where it takes WebSockets.</summary>
    public const string WebSocketPath = "/room";

    private readonly WebApplication _application;

    private SignalingApp(WebApplication application) => _application = application;

    public int Port { get; private set; }

    public SignalingServer Server => _application.Services.GetRequiredService<SignalingServer>();

    public RoomBroker Rooms => _application.Services.GetRequiredService<RoomBroker>();

    /// <summary>Starts it.</summary>
    /// <param name="port">Where; 0: at a free port.</param>
    /// <param name="configure">Sets more options.</param>
    /// <param name="build">Adds services.</param>
    /// <param name="map">Maps further endpoints.</param>
    public static async Task<SignalingApp> StartAsync(
        int port = 0,
        Action<RoomCallServerOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseSockets(sockets => sockets.Backlog = 4096).UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddRoutingCore();
        builder.Services.AddRoomCallServer(options =>
        {
            options.Rooms = new RoomBrokerOptions { MaxMessagesPerSecond = 1_000_000, MessageBurst = 1_000_000 };
            options.MaxFramesPerSecond = options.FrameBurst = 1_000_000;
            options.MaxQueuedFrames = 1000;
            options.MaxQueuedBytes = 4 * 1024 * 1024;
            options.ResumeTime = TimeSpan.FromSeconds(1);
            configure?.Invoke(options);
        });
        build?.Invoke(builder);
        WebApplication application = builder.Build();
        application.MapRoomCall(WebSocketPath);
        map?.Invoke(application);
        await application.StartAsync();
        return new SignalingApp(application) { Port = new Uri(application.Urls.Single()).Port };
    }

    /// <summary>Stops it as a deployment does: the clients are told to come back.</summary>
    public Task StopAsync() => _application.StopAsync();

    /// <summary>Waits until nobody is in a room and nobody connected: the server may learn of the last end a moment later.</summary>
    public async Task WhenEmptyAsync()
    {
        long start = TimeProvider.System.GetTimestamp();
        while (Rooms.RoomCount + Rooms.MemberCount + Server.ConnectionCount > 0)
        {
            Assert.That(
                TimeProvider.System.GetElapsedTime(start),
                Is.LessThan(TimeSpan.FromSeconds(20)),
                $"{Rooms.RoomCount} rooms, {Rooms.MemberCount} members and {Server.ConnectionCount} connections stay behind");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource impatience = new();
        await impatience.CancelAsync();
        await _application.StopAsync(impatience.Token);
        await _application.DisposeAsync();
    }
}
