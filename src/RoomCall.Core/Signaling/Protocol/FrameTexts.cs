using System.Collections.Frozen;
using System.Text.Json;

namespace RoomCall.Signaling.Protocol;

/// <summary>The texts of an enum's values on the wire: their names in kebab case.</summary>
internal static class FrameTexts<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Texts = Enum.GetValues<T>()
        .ToFrozenDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> Values = Texts.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static string Of(T value) => Texts.TryGetValue(value, out string? text) ? text : throw new ArgumentOutOfRangeException(nameof(value), value, null);

    public static bool TryFind(string text, out T value) => Values.TryGetValue(text, out value);
}
