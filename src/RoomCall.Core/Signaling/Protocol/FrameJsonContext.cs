using System.Text.Json.Serialization;

namespace RoomCall.Signaling.Protocol;

/// <summary>The compiled reading and writing of those fields that are no plain values.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IceServerWire[]))]
[JsonSerializable(typeof(ResumeTicket))]
internal sealed partial class FrameJsonContext : JsonSerializerContext;
