using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace RoomCall.Samples;

/// <summary><c>--token-for alice --room lobby</c> makes a token with the configured key, prints it and ends: to try the server with.</summary>
internal static class TokenCommand
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public static bool TryRun(IConfiguration configuration)
    {
        if (configuration["token-for"] is not { Length: > 0 } user)
            return false;

        TokenSettings settings = TokenSettings.Of(configuration);
        if (settings.IsOn)
            Console.WriteLine(Make(settings, user, configuration["room"] ?? TokenAuthorization.EveryRoom));
        else
            Console.Error.WriteLine("Set Authorization:Key first, for example with the environment variable Authorization__Key.");
        return true;
    }

    private static string Make(TokenSettings settings, string user, string room) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = settings.Issuer,
        Audience = settings.Audience,
        Subject = new ClaimsIdentity([new Claim("sub", user), new Claim("name", user), new Claim(TokenAuthorization.RoomClaim, room)]),
        Expires = TimeProvider.System.GetUtcNow().Add(Lifetime).UtcDateTime,
        SigningCredentials = new SigningCredentials(settings.SecurityKey, SecurityAlgorithms.HmacSha256),
    });
}
