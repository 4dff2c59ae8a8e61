using System.Buffers;

namespace RoomCall.InMemory;

/// <summary>The ICE user name fragment and password of one side (RFC 8839, section 5.4). They are new with every ICE restart.</summary>
internal sealed record IceCredentials(string UsernameFragment, string Password)
{
    private const string IceCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static readonly SearchValues<char> Valid = SearchValues.Create(IceCharacters);

    /// <summary>Makes new credentials with as many bits of chance as the RFC asks for: 24 and 128.</summary>
    public static IceCredentials Create(ref SeededRandom random) => new(Text(4, ref random), Text(24, ref random));

    /// <summary>Whether a text is made of the characters that the RFC allows, in a length that it allows.</summary>
    public static bool IsValid(ReadOnlySpan<char> text, int least) =>
        text.Length >= least && text.Length <= 256 && text.IndexOfAnyExcept(Valid) < 0;

    private static string Text(int length, ref SeededRandom random)
    {
        Span<char> text = stackalloc char[length];
        foreach (ref char character in text) character = IceCharacters[(int)(random.NextUInt64() & 63)];
        return new(text);
    }
}
