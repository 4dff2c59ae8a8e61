using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RoomCall.AspNetCore.Tests;

/// <summary>A hub in an application with a class Startup, where services start before the endpoints are mapped.</summary>
public sealed class HubOfStartupTests
{
    [Test]
    public async Task When_it_stops_the_clients_are_told_to_come_back_before_SignalR_cuts_them()
    {
        using IHost host = Host.CreateDefaultBuilder()
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureWebHostDefaults(web => web.UseUrls("http://127.0.0.1:0").UseStartup<Startup>())
            .Build();
        await host.StartAsync();
        string address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await using HubClient alice = await HubClient.EnterAsync(new Uri(address));

        // It waits in a callback that blocks, so not here.
        Task stopping = Task.Run(() => host.StopAsync());

        Assert.That(await alice.EndAsync(), Is.EqualTo("restarting"));
        await stopping.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class Startup
    {
        public void ConfigureServices(IServiceCollection services)
        {
            services.AddRoomCallServer();
            services.AddSignalR();
        }

        public void Configure(IApplicationBuilder application) =>
            application.UseRouting().UseEndpoints(endpoints => endpoints.MapRoomCallHub("/hub"));
    }
}
