using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;
using RoomCall.AspNetCore;
using RoomCall.Server;

namespace RoomCall.Samples;

/// <summary>Who may come in, and where: a client shows a signed token (JWT), which names its rooms in claims called <c>room</c>.</summary>
internal static class TokenAuthorization
{
    public const string RoomClaim = "room";
    public const string EveryRoom = "*";

    /// <returns>Whether a key is set, and so tokens are asked for.</returns>
    public static bool AddTokenAuthorization(this WebApplicationBuilder builder)
    {
        TokenSettings settings = TokenSettings.Of(builder.Configuration);
        if (!settings.IsOn)
            return false;

        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.MapInboundClaims = false;
            bearer.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = settings.Issuer,
                ValidAudience = settings.Audience,
                IssuerSigningKey = settings.SecurityKey,
            };
            bearer.Events = new JwtBearerEvents { OnMessageReceived = TakeFromQuery };
        });
        builder.Services.AddAuthorization();
        builder.Services.Configure<RoomCallServerOptions>(options => options.OnJoin = DecideAsync);
        return true;
    }

    // A page cannot set headers on its WebSocket. Keep such addresses out of the logs, as appsettings.json does.
    private static Task TakeFromQuery(MessageReceivedContext context)
    {
        if (context.Request.Query["access_token"] is [{ Length: > 0 } token])
            context.Token = token;
        return Task.CompletedTask;
    }

    // Here is the place to look into a database too, or to make TURN credentials for this user.
    private static ValueTask<RoomAdmission> DecideAsync(RoomRequest request) => ValueTask.FromResult(
        request.User.HasClaim(claim => claim.Type == RoomClaim && (claim.Value == request.Room || claim.Value == EveryRoom))
            ? RoomAdmission.Allow(request.User.FindFirst("name")?.Value ?? request.Name)
            : RoomAdmission.Deny("Your token is not for this room: ask for one whose claim 'room' names it."));
}
