using System.Text;
using System.Text.Json.Nodes;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>One connection of a client by hand: frames go in as text, and what came out is kept as text. As a transport it says once that
/// the connection has ended, and answers a close with a close.</summary>
internal sealed class TestClient
{
    private int _isClosed;
    private int _read;

    public TestClient(SignalingServer server, SignalingClient? client = null)
    {
        Connection = server.Connect(Link, client);
        Link.OnAbort = () => Close(byClient: false);
        Link.OnClose = () => Close(byClient: true);
        if (Link.ClosedWith is not null)
            Close(byClient: true); // by a server that stops
    }

    public TestLink Link { get; } = new();

    public SignalingConnection Connection { get; }

    public string Self { get; private set; } = "";

    public string Token { get; private set; } = "";

    /// <summary>How many counted frames have come on this connection.</summary>
    public int Counted => Link.Frames.Count(IsCounted);

    public bool IsClosed => Volatile.Read(ref _isClosed) != 0;

    /// <summary>The code of the last word, or null.</summary>
    public string? End => Link.Frames is [.., { } last] && JsonNode.Parse(last) is { } frame && (string?)frame["type"] == "end" ? (string?)frame["code"] : null;

    /// <summary>What came since the last time, in the words of <see cref="Say"/>.</summary>
    public string[] News()
    {
        IReadOnlyList<string> frames = Link.Frames;
        string[] news = [.. frames.Skip(_read).Select(Say)];
        _read = frames.Count;
        return news;
    }

    public Task SendAsync(string frame) => Connection.ReceiveAsync(Encoding.UTF8.GetBytes(frame)).AsTask();

    public void Send(string frame)
    {
        Task taken = SendAsync(frame);
        Assert.That(taken.IsCompletedSuccessfully, Is.True, $"{frame} was taken at once");
    }

    /// <summary>Sends a message for all.</summary>
    public void Message(int number) => Send($$"""{"type":"message","payload":{{number}}}""");

    public void Ack(long received) => Send($$"""{"type":"ack","received":{{received}}}""");

    public TestClient Join(string room = "lobby", string? secret = null)
    {
        Send(secret is null
            ? $$"""{"type":"create or join","room":"{{room}}"}"""
            : $$"""{"type":"create or join","room":"{{room}}","secret":"{{secret}}"}""");
        return TakeAnswer();
    }

    /// <summary>Joins by a frame that came with the request.</summary>
    public TestClient JoinAhead(string secret)
    {
        byte[] frame = Encoding.UTF8.GetBytes($$"""{"type":"create or join","room":"lobby","secret":"{{secret}}"}""");
        Task taken = Connection.ReceiveAheadAsync(frame).AsTask();
        Assert.That(taken.IsCompletedSuccessfully, Is.True);
        return TakeAnswer();
    }

    public TestClient Resume(string self, string token, long received, string room = "lobby")
    {
        Send($$"""{"type":"resume","room":"{{room}}","self":"{{self}}","token":"{{token}}","received":{{received}}}""");
        Self = self;
        Token = Link.Frames.Select(frame => JsonNode.Parse(frame)!).Where(frame => (string?)frame["type"] == "resumed").Select(frame => (string?)frame["token"]).LastOrDefault() ?? "";
        return this;
    }

    /// <summary>The connection is lost without a word.</summary>
    public void Vanish() => Link.Abort();

    /// <summary>The connection has ended.</summary>
    public void Close(bool byClient)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
            Connection.Closed(byClient);
    }

    private TestClient TakeAnswer()
    {
        JsonNode? answer = Link.Frames.Select(frame => JsonNode.Parse(frame)!).FirstOrDefault(frame => (string?)frame["self"] is not null);
        Self = (string?)answer?["self"] ?? "";
        Token = (string?)answer?["resume"]?["token"] ?? "";
        return this;
    }

    private static bool IsCounted(string frame) => (string?)JsonNode.Parse(frame)!["type"] is not ("ack" or "ping" or "pong" or "resumed" or "end");

    /// <summary>A frame in short: its type and what matters of it.</summary>
    private static string Say(string text)
    {
        JsonNode frame = JsonNode.Parse(text)!;
        string type = (string)frame["type"]!;
        return type switch
        {
            "message" => $"message {frame["payload"]!.ToJsonString()}",
            "error" or "end" => $"{type} {frame["code"]}",
            "ack" or "resumed" => $"{type} {frame["received"]}",
            "left" => $"left {frame["reason"]}",
            _ => type,
        };
    }
}
