using System.Text.Json;
using System.Text.Json.Serialization;
using RoomCall.DataChannels;

namespace RoomCall.Samples;

/// <summary>
/// How samples/BrowserCall sends a file, over a data channel of its own: first its header as JSON text, then its bytes, then a trailer as
/// JSON text with its SHA-256. The receiver answers <c>{"received": sha256}</c>, by which the sender knows that all of it has arrived, or
/// <c>{"refused": why}</c>. Neither side depends on seeing the channel closed.
/// </summary>
internal static class FileFormat
{
    public const string Label = "file";

    /// <summary>Larger files are refused on both sides: a page has the whole of a file in memory.</summary>
    public const long LargestFile = 512 * 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(FileWord word) => JsonSerializer.Serialize(word, Json);

    /// <summary>Reads what the other side wrote.</summary>
    /// <returns>A word that says nothing, where it is none: nothing of it is taken on trust.</returns>
    public static FileWord Read(DataMessage message)
    {
        try
        {
            return (message.IsText ? JsonSerializer.Deserialize<FileWord>(message.Text, Json) : null) ?? new FileWord();
        }
        catch (JsonException)
        {
            return new FileWord();
        }
    }

    /// <summary>Why no more of a file can go or come.</summary>
    public static string Why(RoomCallException fault) =>
        fault.Code == RoomCallErrorCode.DataChannelClosed ? "the call, or its connection, ended before." : fault.Message;
}
