using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RoomCall.Server;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore;

/// <summary>Takes the requests of the endpoint: looks at origin and version, and makes a WebSocket of what may pass.</summary>
internal sealed class RoomCallEndpoint(SignalingServer server, IOptions<RoomCallServerOptions> options)
{
    private readonly RoomCallServerOptions _options = options.Value;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            await RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "Connect to this address with a WebSocket.").ConfigureAwait(false);
            return;
        }

        if (!Origins.IsAllowed(context.Request, _options.AllowedOrigins))
        {
            await RefuseAsync(
                context,
                StatusCodes.Status403Forbidden,
                $"Pages of this origin may not connect: add it to {nameof(RoomCallServerOptions)}.{nameof(_options.AllowedOrigins)}.").ConfigureAwait(false);
            return;
        }

        // A client that names no version, as one of the book's, is taken to speak the first.
        IList<string> versions = context.WebSockets.WebSocketRequestedProtocols;
        if (versions.Count > 0 && !versions.Contains(SignalingProtocol.SubProtocol))
        {
            await RefuseAsync(
                context,
                StatusCodes.Status400BadRequest,
                $"No version of the protocol fits: this server speaks {SignalingProtocol.SubProtocol}.").ConfigureAwait(false);
            return;
        }

        using System.Net.WebSockets.WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = versions.Count > 0 ? SignalingProtocol.SubProtocol : null,
            KeepAliveInterval = _options.HeartbeatInterval,
            KeepAliveTimeout = _options.HeartbeatTimeout,
        }).ConfigureAwait(false);
        SignalingConnection connection = server.Connect(new WebSocketLink(socket), ClientOf(context));
        await WebSocketSession.RunAsync(socket, connection, _options).ConfigureAwait(false);
    }

    private SignalingClient? ClientOf(HttpContext context)
    {
        string? user = context.User.Identity is { IsAuthenticated: true } identity
            ? context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? identity.Name
            : null;
        if (_options.OnJoin is not { } onJoin)
            return user is null ? null : new SignalingClient { UserId = user };

        return new SignalingClient { UserId = user, AdmitAsync = (room, name) => onJoin(new RoomRequest(context, room, name)) };
    }

    private static Task RefuseAsync(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(detail);
    }
}
