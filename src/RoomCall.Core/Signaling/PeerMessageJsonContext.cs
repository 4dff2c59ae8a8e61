using System.Text.Json.Serialization;

namespace RoomCall.Signaling;

/// <summary>The compiled writing of <see cref="PeerMessageWire"/>: no reflection, no boxing.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(PeerMessageWire))]
internal sealed partial class PeerMessageJsonContext : JsonSerializerContext;
