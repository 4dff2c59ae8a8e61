using System.Text;

namespace RoomCall.DataChannels;

/// <summary>One message of a data channel: a text or bytes (RFC 8831, section 6.6). The default value is an empty binary message.</summary>
public readonly struct DataMessage : IEquatable<DataMessage>
{
    private readonly string? _text;
    private readonly ReadOnlyMemory<byte> _data;

    private DataMessage(string? text, ReadOnlyMemory<byte> data)
    {
        _text = text;
        _data = data;
    }

    /// <summary>Makes a text message.</summary>
    /// <param name="text">The text; may be empty.</param>
    /// <returns>The message.</returns>
    public static DataMessage FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(text, default);
    }

    /// <summary>Makes a binary message. The bytes are not copied: they must not change until the message was sent.</summary>
    /// <param name="data">The bytes; may be empty.</param>
    /// <returns>The message.</returns>
    public static DataMessage FromBytes(ReadOnlyMemory<byte> data) => new(null, data);

    /// <summary>Whether this is a text.</summary>
    public bool IsText => _text is not null;

    /// <summary>The text.</summary>
    /// <exception cref="InvalidOperationException">The message is binary; see <see cref="IsText"/>.</exception>
    public string Text => _text ?? throw new InvalidOperationException("The message is binary: read Data, or ask IsText first.");

    /// <summary>The bytes.</summary>
    /// <exception cref="InvalidOperationException">The message is a text; see <see cref="IsText"/>.</exception>
    public ReadOnlyMemory<byte> Data => _text is null
        ? _data
        : throw new InvalidOperationException("The message is a text: read Text, or ask IsText first.");

    /// <summary>The size on the wire in bytes: of a text, its UTF-8 form.</summary>
    public int Size => _text is null ? _data.Length : Encoding.UTF8.GetByteCount(_text);

    /// <summary>Whether both are of one kind and hold the same text or the same bytes.</summary>
    /// <param name="left">One message.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they are equal.</returns>
    public static bool operator ==(DataMessage left, DataMessage right) => left.Equals(right);

    /// <summary>Whether the messages differ in kind or content.</summary>
    /// <param name="left">One message.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they differ.</returns>
    public static bool operator !=(DataMessage left, DataMessage right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(DataMessage other) =>
        IsText == other.IsText && (IsText ? _text == other._text : _data.Span.SequenceEqual(other._data.Span));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DataMessage other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_text is not null)
        {
            return _text.GetHashCode(StringComparison.Ordinal);
        }

        HashCode hash = default;
        hash.AddBytes(_data.Span);
        return hash.ToHashCode();
    }

    /// <summary>The text, or the number of bytes.</summary>
    /// <returns>A text for people.</returns>
    public override string ToString() => _text ?? $"{_data.Length} bytes";
}
