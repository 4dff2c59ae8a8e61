using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RoomCall.Tests.Flow.Vectors;

/// <summary>
/// The vectors of the flow for clients in other languages: what the tests of the flow tell, every input in every phase, and of many random
/// walks those with steps of kinds that were not there before.
/// </summary>
internal static class FlowVectors
{
    private const int Seeds = 2_500;
    private const int StepsForANewKind = 3;

    private static readonly string[] About =
    [
        "What the call flow makes of its inputs, step by step from the initial state on; every client that has the flow runs these.",
        "rules: those that differ from the first ones. input: what the flow is given. state: the fields that it changes. effects: what it",
        "wants done, in this order. A step without state and effects was told by an earlier vector of the same rules and inputs.",
        "Streams and channels, which the flow only passes on, are texts here.",
        "Made by RoomCall.Core.Tests: ROOMCALL_WRITE_VECTORS=1 dotnet test tests/RoomCall.Core.Tests --filter FlowVectorTests",
    ];

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<FlowWalk> Choose()
    {
        List<FlowWalk> chosen = [.. NamedScenarios.Play(), .. EveryInput.Play()];
        HashSet<string> known = [.. chosen.SelectMany(walk => walk.Steps).Select(step => step.Kind)];
        foreach (FlowWalk walk in RandomWalks.OfTwoPeers(Seeds).Concat(RandomWalks.OfOneFlow(Seeds)))
        {
            int length = WorthwhileLength(walk, known);
            if (length > 0)
            {
                chosen.Add(walk with { Steps = [.. walk.Steps.Take(length)] });
            }
        }

        return chosen;
    }

    // As far as enough of its steps are of new kinds; those are known from then on.
    private static int WorthwhileLength(FlowWalk walk, HashSet<string> known)
    {
        int length = 0;
        List<string> news = [];
        for (int i = 0; i < walk.Steps.Count; i++)
        {
            string kind = walk.Steps[i].Kind;
            if (!known.Contains(kind) && !news.Contains(kind))
            {
                news.Add(kind);
                length = i < news.Count * StepsForANewKind ? i + 1 : length;
            }
        }

        known.UnionWith(walk.Steps.Take(length).Select(step => step.Kind));
        return length;
    }

    public static string Write(IReadOnlyList<FlowWalk> walks)
    {
        Dictionary<(int, string), int> told = [];
        JsonObject rules = FlowJson.OfRecord(new FlowRules());
        StringBuilder text = new("{\n");
        text.Append("  \"about\": [\n    ").AppendJoin(",\n    ", About.Select(line => Text(JsonValue.Create(line)))).Append("\n  ],\n");
        text.Append("  \"rules\": ").Append(Text(rules)).Append(",\n");
        text.Append("  \"state\": ").Append(Text(FlowJson.OfRecord(new FlowState()))).Append(",\n");
        text.Append("  \"vectors\": [\n    ").AppendJoin(",\n    ", walks.Select(walk => Write(walk, rules, told)).OfType<string>()).Append("\n  ]\n}\n");
        return text.ToString();
    }

    // Null: all of it was told before.
    private static string? Write(FlowWalk walk, JsonObject defaultRules, Dictionary<(int, string), int> told)
    {
        JsonObject rules = Changes(defaultRules, FlowJson.OfRecord(walk.Rules));
        int at = Go(told, 0, Text(rules));
        JsonArray steps = [];
        bool isNew = false;
        foreach (FlowStep step in walk.Steps)
        {
            JsonNode input = FlowJson.Of(step.Input)!;
            JsonObject json = new() { ["input"] = input };
            int before = told.Count;
            at = Go(told, at, Text(input));
            if (told.Count > before)
            {
                isNew = true;
                json["state"] = Changes(FlowJson.OfRecord(step.Before), FlowJson.OfRecord(step.After));
                json["effects"] = FlowJson.Of(step.Effects);
            }

            steps.Add(json);
        }

        return isNew ? Text(new JsonObject { ["name"] = walk.Name, ["rules"] = rules, ["steps"] = steps }) : null;
    }

    // What was told is a tree: each place in it is where one has come by rules and inputs.
    private static int Go(Dictionary<(int, string), int> told, int at, string way)
    {
        if (!told.TryGetValue((at, way), out int next))
        {
            told.Add((at, way), next = told.Count + 1);
        }

        return next;
    }

    private static JsonObject Changes(JsonObject before, JsonObject after) => new(
        after.Where(field => !JsonNode.DeepEquals(before[field.Key], field.Value)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));

    private static string Text(JsonNode? json) => json?.ToJsonString(Compact) ?? "null";
}
