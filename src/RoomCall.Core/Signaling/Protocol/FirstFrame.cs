using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace RoomCall.Signaling.Protocol;

/// <summary>A client's first frame in the request for its WebSocket, which saves a round trip: <c>docs/protocol.md</c>, Asking ahead.</summary>
public static class FirstFrame
{
    /// <summary>So many bytes may go with a request, which web servers and proxies keep short; a longer frame goes over the connection.</summary>
    public const int MaxBytes = 2048;

    /// <summary>For so long at most a server keeps the seat of one who asked ahead and was not heard since: it may have given up connecting.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private const string Prefix = "roomcall.v1.first.";

    /// <summary>Says a frame in sub-protocols.</summary>
    /// <param name="frame">The client's first frame; empty: it does not ask ahead.</param>
    /// <returns>The sub-protocols that the client offers; without the frame, where that is too long for a request.</returns>
    public static IReadOnlyList<string> Offer(ReadOnlySpan<byte> frame) => frame.Length is 0 or > MaxBytes
        ? [SignalingProtocol.SubProtocol]
        : [SignalingProtocol.SubProtocol, SignalingProtocol.SubProtocolBegun, Prefix + Base64Url.EncodeToString(frame)];

    /// <summary>Finds the frame in what a client offers.</summary>
    /// <param name="offered">The sub-protocols.</param>
    /// <param name="frame">The frame, whatever it says; null: the client does not ask ahead, or not in a way that can be read.</param>
    /// <returns>Whether there is one; then the server chooses <see cref="SignalingProtocol.SubProtocolBegun"/>.</returns>
    public static bool TryFind(IEnumerable<string> offered, [NotNullWhen(true)] out byte[]? frame)
    {
        ArgumentNullException.ThrowIfNull(offered);
        frame = null;
        bool isOffered = false;
        foreach (string name in offered)
        {
            isOffered |= name == SignalingProtocol.SubProtocolBegun;
            if (frame is null && name.StartsWith(Prefix, StringComparison.Ordinal))
                frame = Decode(name.AsSpan(Prefix.Length));
        }

        if (!isOffered)
            frame = null;
        return frame is not null;
    }

    /// <summary>What a client offers, without the frame, which is nobody's to see.</summary>
    /// <param name="offered">The sub-protocols.</param>
    /// <returns>Those that are no frame.</returns>
    public static IEnumerable<string> Without(IEnumerable<string> offered) =>
        offered.Where(static name => !name.StartsWith(Prefix, StringComparison.Ordinal));

    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (!Base64Url.IsValid(text, out int length) || length is 0 or > MaxBytes)
            return null;

        return Base64Url.DecodeFromChars(text);
    }
}
