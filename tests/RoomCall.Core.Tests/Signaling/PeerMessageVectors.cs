using System.Text.Json;

namespace RoomCall.Tests.Signaling;

/// <summary>The vectors that every client of the protocol runs: <c>tests/vectors/peer-messages.json</c>.</summary>
internal static class PeerMessageVectors
{
    private static readonly JsonElement[] All = Load();

    public static IEnumerable<TestCaseData> Valid => Cases(All.Where(vector => vector.GetProperty("valid").GetBoolean()));

    public static IEnumerable<TestCaseData> Canonical => Cases(All.Where(vector => vector.TryGetProperty("canonical", out _)));

    public static IEnumerable<TestCaseData> Invalid => Cases(All.Where(vector => !vector.GetProperty("valid").GetBoolean()));

    public static IEnumerable<string> ValidMessages => Messages(isValid: true);

    public static IEnumerable<string> InvalidMessages => Messages(isValid: false);

    private static IEnumerable<string> Messages(bool isValid) => All
        .Where(vector => vector.GetProperty("valid").GetBoolean() == isValid)
        .Select(vector => vector.GetProperty("message").GetString()!);

    private static IEnumerable<TestCaseData> Cases(IEnumerable<JsonElement> vectors) =>
        vectors.Select(vector => new TestCaseData(vector).SetArgDisplayNames(vector.GetProperty("name").GetString()!));

    private static JsonElement[] Load()
    {
        string path = Path.Combine(TestContext.CurrentContext.TestDirectory, "vectors", "peer-messages.json");
        return [.. JsonElement.Parse(File.ReadAllBytes(path)).GetProperty("vectors").EnumerateArray()];
    }
}
