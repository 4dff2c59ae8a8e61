using HandWrittenHub;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

// A room server on SignalR, as one writes it. It is what RoomCall's hub is measured against.
//   --urls http://127.0.0.1:0
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
builder.Services.Configure<SocketTransportOptions>(transport => transport.Backlog = 4096);
builder.Services.AddSignalR();

WebApplication app = builder.Build();
app.MapHub<RoomHub>("/hub");
await app.RunAsync();
