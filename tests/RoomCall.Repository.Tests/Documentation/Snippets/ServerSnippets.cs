using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using RoomCall.PeerConnections;
using RoomCall.Server;

namespace RoomCall.Repository.Documentation.Snippets;

/// <summary>The code of docs/server.md, of the server's packages and of the README's network, as it is printed there.</summary>
public static class ServerSnippets
{
    public static void TwoLines(string[] args)
    {
        #region server
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        builder.Services.AddRoomCallServer();

        WebApplication app = builder.Build();
        app.MapRoomCall("/room");
        app.Run();
        #endregion
    }

    public static void Configuration(WebApplicationBuilder builder)
    {
        #region server-configuration
        builder.Services.AddRoomCallServer().BindConfiguration("RoomCall", binder => binder.ErrorOnUnknownConfiguration = true);
        #endregion
    }

    public static void Authorization(WebApplication app)
    {
        #region server-authorization
        app.MapRoomCall("/room").RequireAuthorization();
        #endregion
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "TURN servers ask for HMAC-SHA1; it is no weak one for that.")]
    public static void Admission(WebApplicationBuilder builder, byte[] turnSecret)
    {
#pragma warning disable CA5350 // The TURN servers' scheme is made with it.
        #region server-admission
        builder.Services.AddRoomCallServer(options => options.OnJoin = request =>
        {
            string? user = request.User.Identity?.Name;
            if (user is null || !request.User.HasClaim("room", request.Room))
                return ValueTask.FromResult(RoomAdmission.Deny("You are not invited to this room: ask its owner."));

            // The time-limited credentials that coturn calls use-auth-secret.
            string username = $"{TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}:{user}";
            string credential = Convert.ToBase64String(HMACSHA1.HashData(turnSecret, Encoding.UTF8.GetBytes(username)));
            IceServer turn = new(["turn:turn.example.org", "turns:turn.example.org"], username, credential);
            return ValueTask.FromResult(RoomAdmission.Allow(user, [turn]));
        });
        #endregion
#pragma warning restore CA5350
    }

    public static void Invitation(WebApplicationBuilder builder)
    {
        #region server-invitation
        builder.Services.AddRoomCallServer(options => options.OnJoin = request => ValueTask.FromResult(
            request.User.HasClaim("room", request.Room)
                ? RoomAdmission.Allow(request.User.Identity?.Name)
                : RoomAdmission.Deny("You are not invited to this room: ask its owner.")));
        #endregion
    }

    public static async Task Transport(IClientLink link, IAsyncEnumerable<ReadOnlyMemory<byte>> frames)
    {
        #region server-transport
        SignalingServer server = new(new RoomBroker());
        SignalingConnection connection = server.Connect(link);
        await foreach (ReadOnlyMemory<byte> frame in frames)
        {
            await connection.ReceiveAsync(frame);
        }

        connection.Closed(byClient: true);
        #endregion
    }

    public static async Task Client()
    {
        #region client
        ServiceCollection services = new();
        services.AddRoomCall()
                .UseWebSockets(options => options.Endpoint = new Uri("ws://localhost:5000/room"))
                .UseInMemory(); // the engine: see below

        await using ServiceProvider provider = services.BuildServiceProvider();
        ICallClient client = provider.GetRequiredService<ICallClient>();
        await using ICallSession call = await client.JoinAsync("lobby");
        using IDisposable log = call.States.Subscribe(state => Console.WriteLine(state.Phase));
        Console.WriteLine(await call.Completion);
        #endregion
    }

    public static void RateLimits(WebApplicationBuilder builder)
    {
        #region server-rate-limits
        builder.Services.AddRateLimiter(limits => limits.AddPolicy("joining", context => RateLimitPartition.GetTokenBucketLimiter(
            context.Connection.RemoteIpAddress,
            _ => new TokenBucketRateLimiterOptions { TokenLimit = 50, TokensPerPeriod = 5, ReplenishmentPeriod = TimeSpan.FromSeconds(1) })));

        WebApplication app = builder.Build();
        app.UseRateLimiter();
        app.MapRoomCall("/room").RequireRateLimiting("joining");
        #endregion
    }

    public static void Health(WebApplicationBuilder builder)
    {
        #region server-health
        builder.Services.AddHealthChecks().AddRoomCall();

        WebApplication app = builder.Build();
        app.MapHealthChecks("/health");
        #endregion
    }

    public static void Backlog(WebApplicationBuilder builder)
    {
        #region server-backlog
        builder.WebHost.UseSockets(sockets => sockets.Backlog = 4096);
        #endregion
    }
}
