namespace RoomCall.DataChannels;

/// <summary>How a <see cref="DataChannelStream"/> cuts and reports.</summary>
public sealed record DataChannelStreamOptions
{
    /// <summary>The largest message that the stream sends, 1 to 65,536 bytes, and never more than the engine allows.
    /// <value>Default: 16,384 bytes, which every WebRTC implementation takes (RFC 8831, section 6.6).</value></summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int ChunkSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 64 * 1024);
            field = value;
        }
    } = 16 * 1024;

    /// <summary>Is told the total number of bytes written so far after each chunk; null: nobody is.</summary>
    public IProgress<long>? Written { get; init; }

    /// <summary>Is told the total number of bytes read so far after each read; null: nobody is.</summary>
    public IProgress<long>? Read { get; init; }
}
