using Microsoft.Extensions.Options;
using RoomCall.Samples;

try
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

    // What the package brings is served from where it lies, also when the environment is not Development.
    builder.WebHost.UseStaticWebAssets();
    builder.Services.AddSignalR();
    builder.Services.AddRoomCallServer().BindConfiguration("RoomCall", binder => binder.ErrorOnUnknownConfiguration = true);

    WebApplication application = builder.Build();
    application.UseDefaultFiles();
    application.UseStaticFiles();
    application.MapRoomCall("/room");
    application.MapRoomCallHub("/hub");

    application.SayWhatToOpen();
    await application.RunAsync();
    return 0;
}
catch (Exception fault) when (fault is OptionsValidationException or InvalidOperationException or IOException)
{
    // A setting is wrong, or the address is taken: its sentence says what to do.
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}
