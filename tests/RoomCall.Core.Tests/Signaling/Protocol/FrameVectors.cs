using System.Text.Json;

namespace RoomCall.Tests.Signaling.Protocol;

/// <summary>The vectors that every implementation of the protocol runs.</summary>
internal static class FrameVectors
{
    public static IEnumerable<TestCaseData> Valid => Select("written");

    public static IEnumerable<TestCaseData> Invalid => Select("error");

    public static IReadOnlyList<JsonElement> All { get; } = Read();

    private static IEnumerable<TestCaseData> Select(string property) =>
        All.Where(vector => vector.TryGetProperty(property, out _))
            .Select(vector => new TestCaseData(
                vector.GetProperty("side").GetString(), vector.GetProperty("frame").GetString(), vector.GetProperty(property).GetString())
                .SetArgDisplayNames(vector.GetProperty("side").GetString()!, vector.GetProperty("name").GetString()!, vector.GetProperty("frame").GetString()!.Length.ToString()));

    private static List<JsonElement> Read()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "protocol-frames.json")));
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(vector => vector.Clone())];
    }
}
