using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RoomCall.Signaling.Protocol;

/// <summary>What all who speak the protocol of <c>docs/protocol.md</c> have in common.</summary>
public static class SignalingProtocol
{
    /// <summary>The WebSocket sub-protocol of version 1.</summary>
    public const string SubProtocol = "roomcall.v1";

    /// <summary>The WebSocket sub-protocol of version 1 where the client's first frame came with its request: see
    /// <see cref="FirstFrame"/>.</summary>
    public const string SubProtocolBegun = "roomcall.v1.begun";

    /// <summary>So many counted frames may come before an <c>ack</c> is due.</summary>
    public const int FramesPerAck = 32;

    /// <summary>So many bytes of counted frames may come before an <c>ack</c> is due.</summary>
    public const int BytesPerAck = 64 * 1024;

    internal const int MinSecretLength = 22;
    internal const int MaxSecretLength = 64;
    private const int SecretBytes = 16;
    private const int StackLimit = 512;

    private static readonly SearchValues<char> SecretCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Makes 128 random bits in 22 characters of base64url: a secret for a stay, or a token.</summary>
    public static string NewSecret()
    {
        Span<byte> random = stackalloc byte[SecretBytes];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }

    /// <summary>Whether a text may be the secret of a stay.</summary>
    /// <param name="secret">The text.</param>
    public static bool IsSecret(string? secret) =>
        secret is { Length: >= MinSecretLength and <= MaxSecretLength } && !secret.AsSpan().ContainsAnyExcept(SecretCharacters);

    /// <summary>The text of a code on the wire, which is also the reason of a WebSocket's close frame.</summary>
    /// <param name="code">A code.</param>
    /// <returns>Such as <c>too-slow</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The code is none of the enum's values.</exception>
    public static string TextOf(EndCode code) => FrameTexts<EndCode>.Of(code);

    /// <summary>The id that a stay with a secret has: who knows the secret has the id again at a server that forgot it, and nobody else.</summary>
    /// <param name="room">The room's name, well-formed UTF-16.</param>
    /// <param name="secret">The secret.</param>
    /// <returns>22 characters of base64url: the first 128 bits of SHA-256 over the name, a line feed and the secret.</returns>
    public static string PeerIdOf(string room, string secret)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(secret);
        int length = Encoding.UTF8.GetByteCount(room) + 1 + Encoding.UTF8.GetByteCount(secret);
        Span<byte> text = length <= StackLimit ? stackalloc byte[length] : new byte[length];
        int written = Encoding.UTF8.GetBytes(room, text);
        text[written++] = (byte)'\n';
        Encoding.UTF8.GetBytes(secret, text[written..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return Base64Url.EncodeToString(hash[..SecretBytes]);
    }
}
