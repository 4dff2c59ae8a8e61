using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RoomCall.WebSockets.Tests;

/// <summary>A web server that does with a request what the test says.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ScriptedServer(WebApplication application) => _application = application;

    public Uri Http => new(_application.Urls.Single());

    public Uri Endpoint => new UriBuilder(Http) { Scheme = "ws", Path = "/room" }.Uri;

    public static async Task<ScriptedServer> StartAsync(Func<HttpContext, Task> handle)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        WebApplication application = builder.Build();
        application.UseWebSockets();
        application.Run(context => handle(context));
        await application.StartAsync();
        return new ScriptedServer(application);
    }

    /// <summary>A server that takes every WebSocket and hands it to the test; the connection lasts until that has ended.</summary>
    public static Task<ScriptedServer> AcceptAsync(Func<WebSocket, Task> talk) => StartAsync(async context =>
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync("roomcall.v1");
        await talk(socket);
    });

    public static Task SayAsync(WebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource impatience = new();
        await impatience.CancelAsync();
        await _application.StopAsync(impatience.Token);
        await _application.DisposeAsync();
    }
}
