using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RoomCall.Signaling;

/// <summary>Writes messages into a buffer that its thread keeps, so that a message costs no more than its bytes.</summary>
internal sealed class PeerMessageWriter : IDisposable
{
    // A thread keeps what nearly every message fits into; one that was larger gives its memory back.
    private const int KeptBytes = 64 * 1024;

    private static readonly JsonWriterOptions Options = new()
    {
        // SDP is full of + (fingerprints, keys), and the default encoder makes six characters of each, as of quotes and < >, so that
        // JSON can stand inside HTML. This JSON goes into WebSocket and SignalR frames and is only ever parsed. Quotes, backslashes
        // and control characters are escaped all the same.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [ThreadStatic]
    private static PeerMessageWriter? _free;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;

    private PeerMessageWriter() => _json = new Utf8JsonWriter(_buffer, Options);

    /// <summary>Takes the thread's writer, or a new one while a caller's own code runs inside a call of this thread.</summary>
    public static PeerMessageWriter Rent()
    {
        PeerMessageWriter writer = _free ?? new PeerMessageWriter();
        _free = null;
        return writer;
    }

    /// <summary>Gives the writer back to its thread; what <see cref="Write"/> returned is void from then on.</summary>
    public void Dispose()
    {
        if (_buffer.Capacity > KeptBytes)
        {
            _json.Dispose();
            return;
        }

        _buffer.ResetWrittenCount();
        _json.Reset();
        _free = this;
    }

    /// <summary>Checks and writes one message; the span is valid until <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Write(PeerMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (PeerMessageRules.BrokenBy(message) is { } broken)
            throw new ArgumentException(broken, nameof(message));

        // The book's two messages that are texts stay texts.
        if (message is PeerMessage.GotUserMedia)
            return "\"got user media\""u8;
        if (message is PeerMessage.Bye { Reason: null })
            return "\"bye\""u8;

        JsonSerializer.Serialize(_json, PeerMessageWire.From(message), PeerMessageJsonContext.Default.PeerMessageWire);
        if (_buffer.WrittenCount > PeerMessageJson.MaxBytes)
            throw new ArgumentException(PeerMessageRules.Size, nameof(message));
        return _buffer.WrittenSpan;
    }
}
