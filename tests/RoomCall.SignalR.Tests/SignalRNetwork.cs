using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using RoomCall.AspNetCore;
using RoomCall.NetworkConformance;
using RoomCall.Signaling.Links;

namespace RoomCall.SignalR.Tests;

/// <summary>Clients that come by SignalR, each on a connection of its own. It begins with the WebSocket, without asking which transport the
/// server has.</summary>
internal sealed class SignalRNetwork : Network
{
    public const string Path = "/hub";

    /// <summary>SignalR's own handshake.</summary>
    public override int FramesToConnect => 1;

    public override OwningSignaler CreateDirectSignaler(int port, SignalerManner manner)
    {
        HubConnection connection = new HubConnectionBuilder()
            .WithUrl($"http://127.0.0.1:{port}{Path}", options => (options.SkipNegotiation, options.Transports) = (true, HttpTransportType.WebSockets))
            .Build();
        SignalRSignalerOptions options = new();
        ResumingSignaler signaler = new(
            new SignalRTransport(connection, options with
            {
                ConnectTimeout = manner.ConnectTimeout ?? options.ConnectTimeout,
                PingTimeout = manner.HeartbeatTimeout ?? options.PingTimeout,
            }),
            new ResumingSignalerOptions
            {
                PingInterval = manner.HeartbeatInterval ?? options.PingInterval,
                PingTimeout = manner.HeartbeatTimeout ?? options.PingTimeout,
                Reconnect = manner.Reconnect,
            });
        return new OwningSignaler(signaler, connection);
    }

    public override void Build(WebApplicationBuilder builder)
    {
        builder.Services.AddSignalR();
        builder.Services.Configure<RoomCallServerOptions>(options => options.MaxStaysPerConnection = 10_000);
    }

    public override void Map(WebApplication application) => application.MapRoomCallHub(Path);
}
