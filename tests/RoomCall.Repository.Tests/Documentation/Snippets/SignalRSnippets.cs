using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using RoomCall.AspNetCore;

namespace RoomCall.Repository.Documentation.Snippets;

/// <summary>The code of docs/signalr.md and of the package's page, as it is printed there.</summary>
public static class SignalRSnippets
{
    public static void Server(string[] args)
    {
        #region signalr-server
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSignalR();
        builder.Services.AddRoomCallServer();

        WebApplication app = builder.Build();
        app.MapRoomCallHub("/hub");
        app.Run();
        #endregion
    }

    public static async Task ClientAsync(IServiceCollection services)
    {
        #region signalr-client
        services.AddSingleton(_ => new HubConnectionBuilder().WithUrl("https://example.org/hub").Build());
        services.AddRoomCall()
                .UseSignalR(provider => provider.GetRequiredService<HubConnection>())
                .UseInMemory(); // the engine
        #endregion

        #region signalr-join
        await using ServiceProvider provider = services.BuildServiceProvider();
        ICallClient client = provider.GetRequiredService<ICallClient>();
        await using ICallSession call = await client.JoinAsync("lobby");
        #endregion
    }

    public static void Configured(IServiceCollection services, ITokens tokens)
    {
        #region signalr-configured
        services.AddSingleton(_ => new HubConnectionBuilder()
            .WithUrl("https://example.org/hub", http => http.AccessTokenProvider = () => tokens.GetAsync())
            .Build());
        services.AddRoomCall()
                .UseSignalR(provider => provider.GetRequiredService<HubConnection>(), options => options.Name = "Alice")
                .UseInMemory(); // the engine
        #endregion
    }

    public static void Shared(IServiceCollection services)
    {
        #region signalr-shared
        services.AddSingleton(_ => new HubConnectionBuilder().WithUrl("https://example.org/chat").Build());
        services.AddRoomCall()
                .UseSignalR(provider => provider.GetRequiredService<HubConnection>(), options => options.StartConnection = false);
        #endregion
    }

    public static void Map(WebApplication app)
    {
        #region signalr-map
        app.MapRoomCallHub<ChatHub>("/chat").RequireAuthorization();
        app.MapRoomCall("/room").RequireAuthorization();
        #endregion
    }

    #region signalr-derived
    [Authorize]
    public sealed class ChatHub : RoomCallHub
    {
        public Task Say(string text) => Clients.Others.SendCoreAsync("said", [Context.UserIdentifier, text]);
    }
    #endregion

    public interface ITokens
    {
        Task<string?> GetAsync();
    }
}
