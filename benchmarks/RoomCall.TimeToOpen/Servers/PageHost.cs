using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.StaticFiles.Infrastructure;
using Microsoft.Extensions.FileProviders;

namespace RoomCall.TimeToOpen.Servers;

/// <summary>Serves the pages and what they load; and RoomCall's signaling, with its defaults.</summary>
internal sealed class PageHost : IAsyncDisposable
{
    // The contenders' scripts, and no more of their packages.
    private static readonly string[] Scripts = ["peerjs/dist", "socket.io-client/dist"];

    private readonly WebApplication _application;

    private PageHost(WebApplication application) => _application = application;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Starts it on a port that is free.</summary>
    public static async Task<PageHost> StartAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(PageHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // Pages reach the signaling through a proxy, which has another port and so another origin.
        builder.Services.AddRoomCallServer(options => options.AllowedOrigins.Add("*"));

        WebApplication application = builder.Build();
        application.UseStaticFiles();
        foreach (string scripts in Scripts.Where(scripts => Directory.Exists(Path.Combine(NodePackages.Folder, scripts))))
        {
            application.UseStaticFiles(new StaticFileOptions(new SharedOptions
            {
                RequestPath = $"/npm/{scripts}",
                FileProvider = new PhysicalFileProvider(Path.Combine(NodePackages.Folder, scripts)),
            }));
        }

        application.MapRoomCall("/room");
        await application.StartAsync(cancellationToken);
        return new PageHost(application);
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
