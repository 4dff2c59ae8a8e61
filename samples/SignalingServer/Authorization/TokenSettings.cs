using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace RoomCall.Samples;

/// <summary>The section <c>Authorization</c>: how tokens are signed. A key that both sides know is for development and for small
/// deployments; with an identity provider, set <c>JwtBearerOptions.Authority</c> instead.</summary>
internal sealed class TokenSettings
{
    private const int LeastKey = 32; // bytes: what HMAC-SHA256 wants

    /// <summary>The key; empty: everybody may come.</summary>
    public string Key { get; set; } = "";

    public string Issuer { get; set; } = "roomcall";

    public string Audience { get; set; } = "roomcall";

    public bool IsOn => Key.Length > 0;

    public SymmetricSecurityKey SecurityKey => new(Encoding.UTF8.GetBytes(Key));

    public static TokenSettings Of(IConfiguration configuration)
    {
        TokenSettings settings = configuration.GetSection("Authorization").Get<TokenSettings>() ?? new TokenSettings();
        return settings.IsOn && Encoding.UTF8.GetByteCount(settings.Key) < LeastKey
            ? throw new InvalidOperationException($"Set Authorization:Key to a secret of {LeastKey} bytes at least, or leave it empty to let everybody in.")
            : settings;
    }
}
