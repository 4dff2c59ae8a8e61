using System.Text.Json;
using System.Text.Json.Serialization;

namespace RoomCall.Signaling.Protocol;

/// <summary>An ICE server on the wire: the W3C's <c>RTCIceServer</c>.</summary>
internal sealed record IceServerWire(
    [property: JsonConverter(typeof(IceServerWire.UrlsConverter))] string[] Urls,
    string? Username = null,
    string? Credential = null)
{
    /// <summary>Reads a list of URLs, or one URL, as the W3C allows; writes a list.</summary>
    internal sealed class UrlsConverter : JsonConverter<string[]>
    {
        public override string[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
                ? [reader.GetString()!]
                : JsonSerializer.Deserialize(ref reader, FrameJsonContext.Default.StringArray) ?? throw new JsonException();

        public override void Write(Utf8JsonWriter writer, string[] value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value, FrameJsonContext.Default.StringArray);
    }
}
