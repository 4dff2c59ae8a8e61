using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RoomCall.AspNetCore.Tests;

/// <summary>Takes a request that says <c>Authorization: Bearer alice</c> for one of Alice's; with <c>Bearer sub=alice</c> she has the claim
/// <c>sub</c>, as in a token, and no other.</summary>
internal sealed class SignedIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public static (string Name, string Value) As(string user) => ("Authorization", $"Bearer {user}");

    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, SignedIn>("Test", null);
        builder.Services.AddAuthorization();
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string[] words = Request.Headers.Authorization.ToString().Split(' ');
        if (words is not ["Bearer", { Length: > 0 } user])
            return Task.FromResult(AuthenticateResult.NoResult());

        Claim claim = user.StartsWith("sub=", StringComparison.Ordinal) ? new Claim("sub", user[4..]) : new Claim(ClaimTypes.NameIdentifier, user);
        ClaimsIdentity identity = new([claim], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
    }
}
