using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace RoomCall.Signaling;

/// <summary>
/// The JSON of a <see cref="PeerMessage"/>: the book's texts and objects (rows S11 to S15), with fields added.
/// </summary>
/// <remarks>
/// <para>Safe for concurrent use. What <see cref="Encode"/> writes, <see cref="TryDecode"/> takes.</para>
/// <para>The forms are:</para>
/// <code>
/// "got user media"
/// {"type":"offer","sdp":"v=0…","generation":3,"iceRestart":true,"closeByMessage":true}
/// {"type":"answer","sdp":"v=0…","generation":3,"canRestartIce":true,"closeByMessage":true}
/// {"type":"candidate","label":0,"id":"0","candidate":"candidate:…","generation":3,"usernameFragment":"ab"}
/// {"type":"restart","generation":3}
/// {"type":"close channel","channel":2,"messages":12,"generation":3}
/// "bye"
/// {"type":"bye","reason":"media-refused"}
/// </code>
/// <para>A field that is null or false is not written. When reading:</para>
/// <list type="bullet">
/// <item><c>type</c> may stand anywhere in the object, and <c>{"type":"bye"}</c> and <c>{"type":"got user media"}</c> are taken too.</item>
/// <item>A field that the type does not have is passed over, whatever its value.</item>
/// <item>A field that is null counts as absent. A field that the type has may stand once only.</item>
/// <item><c>sdp</c>: text, not empty. <c>candidate</c>: text; empty says that no more follow.</item>
/// <item><c>label</c>: 0 to 65535. <c>id</c>: text. A candidate has at least one of the two, unless no more follow.</item>
/// <item><c>generation</c>: 1 to 2147483647, without fraction and exponent.</item>
/// <item><c>channel</c>: 0 to 65534. <c>messages</c>: 0 to 9007199254740991, as an integer in JavaScript. Neither may be absent.</item>
/// <item><c>reason</c>: 1 to 64 of a to z, 0 to 9 and the hyphen.</item>
/// </list>
/// </remarks>
public static class PeerMessageJson
{
    /// <summary>The most bytes that a message has in JSON: 262144, which is 256 KiB. The SDP of a call has 2 to 10 KiB.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Writes a message as one JSON value.</summary>
    /// <param name="message">The message.</param>
    /// <returns>UTF-8 without byte order mark, at most <see cref="MaxBytes"/>.</returns>
    /// <exception cref="ArgumentException">The message breaks a rule of the fields, or is larger than <see cref="MaxBytes"/>.</exception>
    public static byte[] Encode(PeerMessage message)
    {
        using PeerMessageWriter writer = PeerMessageWriter.Rent();
        return writer.Write(message).ToArray();
    }

    /// <summary>Writes a message as one JSON value; nothing is written when it throws for the message's sake.</summary>
    /// <param name="output">Takes UTF-8 without byte order mark, at most <see cref="MaxBytes"/>.</param>
    /// <param name="message">The message.</param>
    /// <exception cref="ArgumentException">The message breaks a rule of the fields, or is larger than <see cref="MaxBytes"/>.</exception>
    public static void Write(IBufferWriter<byte> output, PeerMessage message)
    {
        ArgumentNullException.ThrowIfNull(output);
        using PeerMessageWriter writer = PeerMessageWriter.Rent();
        output.Write(writer.Write(message));
    }

    /// <summary>Reads what a peer sent. It throws nothing, whatever the bytes are, and allocates the message and its texts only.</summary>
    /// <param name="utf8">One JSON value in UTF-8.</param>
    /// <param name="message">The message, or null.</param>
    /// <param name="error">A sentence that says what is wrong and where, and holds nothing of what the peer sent; null when all is well.</param>
    /// <returns>Whether it is a message.</returns>
    public static bool TryDecode(
        ReadOnlySpan<byte> utf8,
        [NotNullWhen(true)] out PeerMessage? message,
        [NotNullWhen(false)] out string? error)
    {
        message = PeerMessageReader.Read(utf8, out error);
        return error is null;
    }
}
