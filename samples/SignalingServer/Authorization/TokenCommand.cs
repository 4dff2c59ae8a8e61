using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace RoomCall.Samples;

/// <summary><c>--token-for alice --room lobby</c> makes a token with the configured key, prints it and ends: to try the server with.</summary>
internal static class TokenCommand
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public static bool IsAsked(IConfiguration configuration) => configuration["token-for"] is not null;

    /// <returns>The exit code.</returns>
    public static int Run(IConfiguration configuration)
    {
        TokenSettings settings = TokenSettings.Of(configuration);
        if (!settings.IsOn)
            throw new InvalidOperationException("There is no key to sign with: set Authorization:Key, for example by the environment variable Authorization__Key.");

        Console.WriteLine(Make(settings, configuration["token-for"]!, configuration["room"] ?? TokenAuthorization.EveryRoom));
        return 0;
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
