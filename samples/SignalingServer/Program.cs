using RoomCall.Samples;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
if (TokenCommand.TryRun(builder.Configuration))
    return;

builder.Services.AddRoomCallServer().BindConfiguration("RoomCall", binder => binder.ErrorOnUnknownConfiguration = true);
builder.Services.AddHealthChecks().AddRoomCall();
builder.AddTelemetry();
bool isAuthorized = builder.AddTokenAuthorization();

// When thousands come back at once, they wait here to be accepted; a connection that finds no place tries again a second later.
builder.WebHost.UseSockets(sockets => sockets.Backlog = 4096);

WebApplication application = builder.Build();
application.MapHealthChecks("/health");
IEndpointConventionBuilder room = application.MapRoomCall("/room");
if (isAuthorized)
    room.RequireAuthorization();

application.SayWhereItListens("/room", isAuthorized);
await application.RunAsync();
