using System.Globalization;
using System.Text.Json;

namespace RoomCall.DataChannels;

/// <summary>
/// The text message that marks the end of what one side writes to a stream: <c>{"type":"end","length":N}</c>, where N is the number
/// of bytes in all. A channel that was cut off looks like one that was closed; this tells a whole transfer from a part.
/// </summary>
internal static class StreamEnd
{
    public static string Format(long length) => string.Create(CultureInfo.InvariantCulture, $$"""{"type":"end","length":{{length}}}""");

    /// <summary>Reads a mark; fields beyond the two are allowed.</summary>
    public static bool TryParse(string text, out long length)
    {
        length = 0;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement mark = document.RootElement;
            return mark.ValueKind == JsonValueKind.Object
                && mark.TryGetProperty("type", out JsonElement type)
                && type.ValueKind == JsonValueKind.String
                && type.ValueEquals("end"u8)
                && mark.TryGetProperty("length", out JsonElement number)
                && number.ValueKind == JsonValueKind.Number
                && number.TryGetInt64(out length)
                && length >= 0;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // A string in it is no valid UTF-16.
            return false;
        }
    }
}
