using System.Text.Json;

namespace RoomCall.Repository.Documentation;

public class ProtocolPageTests
{
    [Test]
    public void Every_frame_in_the_protocols_page_is_a_test_vector()
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Path("tests", "vectors", "protocol-frames.json")));
        HashSet<string> frames = [.. vectors.RootElement.GetProperty("vectors").EnumerateArray()
            .Where(vector => vector.TryGetProperty("written", out _))
            .Select(vector => vector.GetProperty("frame").GetString()!)];

        string[] examples = [.. Examples(File.ReadAllLines(RepositoryFiles.Path("docs", "protocol.md")))];

        Assert.That(examples, Has.Length.GreaterThan(20));
        Assert.That(examples, Is.SubsetOf(frames));
    }

    private static IEnumerable<string> Examples(string[] lines)
    {
        bool isExample = false;
        foreach (string line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isExample = line == "```json";
            }
            else if (isExample)
            {
                yield return line;
            }
        }
    }
}
