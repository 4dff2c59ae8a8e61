using System.Globalization;
using System.Text.Json.Nodes;

namespace RoomCall.AspNetCore.Tests;

/// <summary>A client that speaks the protocol by hand, frame by frame, whatever carries the frames.</summary>
internal abstract class FrameClient : IAsyncDisposable
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The id that the server gave.</summary>
    public string Self { get; private set; } = "";

    public string? Token { get; private set; }

    /// <summary>How many counted frames have come.</summary>
    public long Received { get; private set; }

    public abstract Task SendAsync(string frame);

    /// <summary>The next frame as it came, or null at the end.</summary>
    public abstract Task<string?> NextTextAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Asks for a room; <see cref="Self"/> is known then.</summary>
    public async Task<JsonObject> JoinAsync(string room = "lobby", string? secret = null, string? name = null)
    {
        JsonObject frame = new() { ["type"] = "create or join", ["room"] = room };
        if (name is not null)
            frame["name"] = name;
        if (secret is not null)
            frame["secret"] = secret;
        await SendAsync(frame.ToJsonString());
        JsonObject answer = await NextAsync();
        Self = (string?)answer["self"] ?? "";
        Token = (string?)answer["resume"]?["token"];
        return answer;
    }

    public async Task<JsonObject> ResumeAsync(string room, string self, string token, long received)
    {
        await SendAsync(new JsonObject { ["type"] = "resume", ["room"] = room, ["self"] = self, ["token"] = token, ["received"] = received }.ToJsonString());
        JsonObject answer = await NextAsync();
        Token = (string?)answer["token"];
        Self = self;
        return answer;
    }

    public Task SayAsync(string payload, string? to = null) =>
        SendAsync(to is null ? $$"""{"type":"message","payload":{{payload}}}""" : $$"""{"type":"message","to":"{{to}}","payload":{{payload}}}""");

    /// <summary>Says the numbers up to this one, in messages of 5,000 bytes and more, and waits until the server has them all.</summary>
    public async Task SayNumbersAsync(int count)
    {
        for (int i = 1; i <= count; i++)
        {
            await SayAsync($"\"{i} {new string('x', 5_000)}\"");
        }

        await SendAsync("""{"type":"ping"}""");
        await NextAsync("pong");
    }

    /// <summary>Reads the numbers of another.</summary>
    /// <returns>The numbers, and what followed on the last.</returns>
    public async Task<(List<int> Numbers, JsonObject Next)> NextNumbersAsync()
    {
        List<int> numbers = [];
        JsonObject frame;
        while ((string)(frame = await NextAsync())["type"]! == "message")
        {
            numbers.Add(int.Parse(((string)frame["payload"]!).Split(' ')[0], CultureInfo.InvariantCulture));
        }

        return (numbers, frame);
    }

    /// <summary>The next frame but for the server's log.</summary>
    public async Task<JsonObject> NextAsync()
    {
        while (true)
        {
            JsonObject frame = JsonNode.Parse(await NextTextAsync() ?? throw new InvalidOperationException($"The connection ended: {WhyEnded}"))!.AsObject();
            if ((string)frame["type"]! is not ("ack" or "ping" or "pong" or "resumed" or "end"))
                Received++;
            if ((string?)frame["type"] != "log")
                return frame;
        }
    }

    /// <summary>The next frame, of this type.</summary>
    public async Task<JsonObject> NextAsync(string type)
    {
        JsonObject frame = await NextAsync();
        return (string?)frame["type"] == type ? frame : throw new InvalidOperationException($"Expected {type}, and {frame.ToJsonString()} came.");
    }

    /// <summary>Reads on until the server has closed.</summary>
    /// <returns>The code of its last word, or null when it said none.</returns>
    public virtual async Task<string?> EndAsync()
    {
        string? code = null;
        while (await NextTextAsync() is { } text)
        {
            JsonNode frame = JsonNode.Parse(text)!;
            code = (string?)frame["type"] == "end" ? (string?)frame["code"] : code;
        }

        return code;
    }

    protected virtual string WhyEnded => "";
}
