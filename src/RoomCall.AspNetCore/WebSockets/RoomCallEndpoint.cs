using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.Options;
using RoomCall.Server;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore;

/// <summary>Takes the requests of the endpoint: looks at origin and version, and makes a WebSocket of what may pass.</summary>
internal sealed class RoomCallEndpoint(SignalingServer server, ClientAdmission admission, IOptions<RoomCallServerOptions> options)
{
    private readonly RoomCallServerOptions _options = options.Value.Copy();
    private readonly WebSocketAcceptContext _accept = Accept(options.Value, SignalingProtocol.SubProtocol);
    private readonly WebSocketAcceptContext _acceptBegun = Accept(options.Value, SignalingProtocol.SubProtocolBegun);
    private readonly WebSocketAcceptContext _acceptWithoutVersion = Accept(options.Value, version: null);

    public RoomCallServerOptions Options => _options;

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            return RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "Connect to this address with a WebSocket.");
        }

        if (!admission.IsAllowed(context))
            return RefuseAsync(context, StatusCodes.Status403Forbidden, ClientAdmission.WrongOrigin);

        IList<string> versions = context.WebSockets.WebSocketRequestedProtocols;
        bool isAhead = FirstFrame.TryFind(versions, out byte[]? first);

        // A frame has the secret of a stay, which is no more for logs than for memory.
        if (versions.Count > 1)
            context.Request.Headers.SecWebSocketProtocol = string.Join(", ", FirstFrame.Without(versions));
        if (isAhead)
            return RunAsync(context, _acceptBegun, first);

        // A client that names no version, as one of the book's, is taken to speak the first.
        if (versions.Count > 0 && !versions.Contains(SignalingProtocol.SubProtocol))
        {
            return RefuseAsync(
                context,
                StatusCodes.Status400BadRequest,
                $"No version of the protocol fits: this server speaks {SignalingProtocol.SubProtocol}.");
        }

        return RunAsync(context, versions.Count > 0 ? _accept : _acceptWithoutVersion, first: null);
    }

    /// <summary>Takes up a connection.</summary>
    public SignalingConnection Connect(WebSocket socket, HttpContext context)
    {
        // Not HttpContext.User, which makes one who is nobody, and each connection would keep it.
        string? user = ClientAdmission.UserOf(context.Features.Get<IHttpAuthenticationFeature>()?.User);
        return server.Connect(new WebSocketLink(socket), admission.ClientOf(context, user));
    }

    private Task RunAsync(HttpContext context, WebSocketAcceptContext accept, byte[]? first) =>
        WebSocketSession.RunAsync(context.WebSockets.AcceptWebSocketAsync(accept), first, this, context);

    private static WebSocketAcceptContext Accept(RoomCallServerOptions options, string? version) => new()
    {
        SubProtocol = version,
        KeepAliveInterval = options.HeartbeatInterval,
        KeepAliveTimeout = options.HeartbeatTimeout,
    };

    private static Task RefuseAsync(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(detail);
    }
}
