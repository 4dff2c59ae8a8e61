using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using RawRelay;

// The least that relays: two WebSockets per path, and what one sends goes to the other as it came. It is what RoomCall's server is
// measured against, and no server to deploy: it checks nothing, limits nothing, and tells nobody who left.
//   --urls http://127.0.0.1:0   --zero-byte true|false   --backlog 4096
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
builder.Services.Configure<SocketTransportOptions>(transport => transport.Backlog = builder.Configuration.GetValue("backlog", transport.Backlog));

Func<WebSocket, Task<WebSocket>, CancellationToken, Task> relayAsync =
    builder.Configuration.GetValue("zero-byte", true) ? ZeroByteRelay.RunAsync : PinnedRelay.RunAsync;
ConcurrentDictionary<string, Room> rooms = new();

WebApplication app = builder.Build();
app.UseWebSockets();
app.Run(async context =>
{
    string path = context.Request.Path;
    Room room = rooms.GetOrAdd(path, _ => new Room());
    if (!context.WebSockets.IsWebSocketRequest || room.Take() is not { } seat)
    {
        context.Response.StatusCode = StatusCodes.Status409Conflict;
        return;
    }

    try
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        seat.Arrive(socket);
        await relayAsync(socket, seat.Other, context.RequestAborted);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    }
    catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
    {
        // It vanished, or the other did: nobody is told.
    }
    finally
    {
        if (seat.Leave()) rooms.TryRemove(path, out _);
    }
});
await app.RunAsync();
