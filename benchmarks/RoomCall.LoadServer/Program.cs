using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

// RoomCall's signaling server as it is measured: all that it does by default, but no limit that a load from one machine would meet.
//   --urls http://127.0.0.1:0
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
builder.Services.Configure<SocketTransportOptions>(transport => transport.Backlog = 4096);
builder.Services.AddRoomCallServer(options =>
{
    options.Rooms.MaxMessagesPerSecond = options.MaxFramesPerSecond = 1_000_000;
    options.Rooms.MessageBurst = options.FrameBurst = 1_000_000;
});
builder.Services.AddSignalR();

WebApplication app = builder.Build();
app.MapRoomCall("/room");
app.MapRoomCallHub("/hub");
await app.RunAsync();
