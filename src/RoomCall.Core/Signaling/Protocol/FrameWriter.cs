using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RoomCall.Signaling.Protocol;

/// <summary>Writes one frame, into a buffer that its thread keeps: begins it with its type, and ends it.</summary>
internal sealed class FrameWriter : IDisposable
{
    // A thread keeps what nearly every frame fits into; one that was larger gives its memory back.
    private const int KeptBytes = 16 * 1024;

    // As for the peers' messages: this JSON is only ever parsed, so quotes, backslashes and control characters are escaped and no more.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static FrameWriter? _free;

    private readonly ArrayBufferWriter<byte> _buffer = new(512);

    private FrameWriter() => Json = new Utf8JsonWriter(_buffer, Options);

    public Utf8JsonWriter Json { get; }

    public static FrameWriter Begin(string type)
    {
        FrameWriter writer = _free ?? new FrameWriter();
        _free = null;
        writer.Json.WriteStartObject();
        writer.Json.WriteString("type"u8, type);
        return writer;
    }

    public static string Required(string? value, string name) =>
        value ?? throw new ArgumentException($"A frame of this type needs {name}.", nameof(value));

    public static void Optional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    public static void Payload(Utf8JsonWriter json, ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            throw new ArgumentException("A payload is one JSON value; it has a byte at least.", nameof(payload));

        json.WritePropertyName("payload"u8);
        json.WriteRawValue(payload, skipInputValidation: true);
    }

    public byte[] End()
    {
        Json.WriteEndObject();
        Json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    /// <summary>Gives the writer back to its thread.</summary>
    public void Dispose()
    {
        if (_buffer.Capacity > KeptBytes)
        {
            Json.Dispose();
            return;
        }

        _buffer.ResetWrittenCount();
        Json.Reset();
        _free = this;
    }
}
