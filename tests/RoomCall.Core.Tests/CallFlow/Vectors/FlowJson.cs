using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RoomCall.DataChannels;
using RoomCall.Media;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Flow.Vectors;

/// <summary>
/// The values of the flow in JSON, as a client in another language has them: fields in camel case; what is one of several kinds says
/// which in <c>type</c>; texts for enums, those of the W3C and of the wire where there are some.
/// </summary>
internal static class FlowJson
{
    private static readonly Type[] Unions = [typeof(CallInput), typeof(CallEffect), typeof(CallEvent), typeof(RoomEvent), typeof(PeerMessage)];

    // Words of the wire, of the W3C and of the user; the others are the flow's own.
    private static readonly Type[] InKebabCase =
    [
        typeof(CallEndCode), typeof(CallPhase), typeof(LocalMediaState), typeof(RoomErrorCode), typeof(PeerLeftReason), typeof(SdpType),
        typeof(SignalingState), typeof(PeerConnectionState), typeof(DataChannelState),
    ];

    public static JsonNode? Of(object? value) => value switch
    {
        null => null,
        bool truth => JsonValue.Create(truth),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        string text => JsonValue.Create(text),
        Enum word => JsonValue.Create(WordOf(word)),
        ReadOnlyMemory<byte> json => JsonValue.Create(Encoding.UTF8.GetString(json.Span)),
        IMediaStream stream => JsonValue.Create(stream.Id),
        IDataChannelTransport transport => JsonValue.Create(transport.Label),
        IReadOnlyDictionary<string, string> texts => new JsonObject(texts.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Of(pair.Value)))),
        IEnumerable items => new JsonArray([.. items.Cast<object>().Select(Of)]),
        _ => OfRecord(value),
    };

    public static JsonObject OfRecord(object value)
    {
        JsonObject json = [];
        Type type = value.GetType();
        if (Unions.Any(union => union.IsAssignableFrom(type)))
        {
            json.Add("type", InCamelCase(type.Name));
        }

        // What has no setter follows from the rest.
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            json.Add(InCamelCase(property.Name), Of(property.GetValue(value)));
        }

        return json;
    }

    private static string WordOf(Enum word) => InKebabCase.Contains(word.GetType())
        ? JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString())
        : InCamelCase(word.ToString());

    private static string InCamelCase(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
