using Microsoft.Extensions.Options;
using RoomCall.Samples;

try
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    if (TokenCommand.IsAsked(builder.Configuration))
        return TokenCommand.Run(builder.Configuration);

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
    return 0;
}
catch (Exception fault) when (fault is OptionsValidationException or InvalidOperationException or IOException)
{
    // A setting is wrong, or the address is taken: its sentence says what to do.
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}
