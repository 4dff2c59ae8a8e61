using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RoomCall.Server;

namespace RoomCall.AspNetCore;

/// <summary>Who may connect, and who then decides about rooms: the same on every transport.</summary>
internal sealed class ClientAdmission(IOptions<RoomCallServerOptions> options)
{
    public const string WrongOrigin =
        $"Pages of this origin may not connect: add it to {nameof(RoomCallServerOptions)}.{nameof(RoomCallServerOptions.AllowedOrigins)}.";

    private readonly string[] _origins = [.. options.Value.AllowedOrigins];
    private readonly Func<RoomRequest, ValueTask<RoomAdmission>>? _onJoin = options.Value.OnJoin;

    /// <summary>Whether a request comes from no page, or from one that may connect.</summary>
    public bool IsAllowed(HttpContext context) => Origins.IsAllowed(context.Request, _origins);

    /// <summary>The id of who has signed in, by its claims; null: nobody has, or they name nobody. Where claims keep the names that they have in
    /// the token, the user's is <c>sub</c>.</summary>
    public static string? UserOf(ClaimsPrincipal? principal) =>
        principal?.Identity is { IsAuthenticated: true } identity
            ? principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? principal.FindFirstValue("sub") ?? identity.Name
            : null;

    /// <summary>A client, for the server.</summary>
    /// <param name="context">The request with which it connected.</param>
    /// <param name="user">Who has signed in; null: nobody.</param>
    public SignalingClient? ClientOf(HttpContext context, string? user)
    {
        if (_onJoin is not { } onJoin)
            return user is null ? null : new SignalingClient { UserId = user };

        return new SignalingClient { UserId = user, AdmitAsync = (room, name) => onJoin(new RoomRequest(context, room, name)) };
    }
}
