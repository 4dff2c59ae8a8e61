using System.Collections.Frozen;
using System.Text.Json;

namespace RoomCall.Signaling;

/// <summary>The text of a <see cref="CallEndCode"/> in <see cref="PeerMessage.Bye"/>: its name in kebab case.</summary>
internal static class CallEndCodeText
{
    private static readonly FrozenDictionary<CallEndCode, string> Texts = Enum.GetValues<CallEndCode>()
        .ToFrozenDictionary(code => code, code => JsonNamingPolicy.KebabCaseLower.ConvertName(code.ToString()));

    private static readonly FrozenDictionary<string, CallEndCode> Codes =
        Texts.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The text of a code.</summary>
    /// <param name="code">A defined code.</param>
    /// <returns>Such as <c>media-refused</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The code is not defined.</exception>
    public static string Of(CallEndCode code) =>
        Texts.TryGetValue(code, out string? text) ? text : throw new ArgumentOutOfRangeException(nameof(code), code, null);

    /// <summary>The code of a text.</summary>
    /// <param name="text">What a peer gave as its reason, or null.</param>
    /// <returns>The code, or null for a text that names none: a later version may have more.</returns>
    public static CallEndCode? Find(string? text) =>
        text is not null && Codes.TryGetValue(text, out CallEndCode code) ? code : null;
}
