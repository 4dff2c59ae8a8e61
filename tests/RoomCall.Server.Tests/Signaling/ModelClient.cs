using System.Globalization;
using System.Text.Json.Nodes;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>A client that keeps docs/protocol.md over several connections: numbers what it sends, keeps it until it is acknowledged, and
/// sends it again after it has come back. It holds the numbers that it sends and gets, which is all that matters here.</summary>
internal sealed class ModelClient
{
    private readonly SignalingBench _bench;
    private readonly List<string> _olderTokens = [];
    private TestClient _connection;
    private long _countedBefore;

    public ModelClient(SignalingBench bench)
    {
        _bench = bench;
        _connection = bench.Connect().Join(secret: SignalingProtocol.NewSecret());
        Self = _connection.Self;
        Token = _connection.Token;
    }

    public string Self { get; }

    public string Token { get; private set; }

    /// <summary>How many messages it has sent, from 1 on.</summary>
    public int Sent { get; private set; }

    /// <summary>The numbers that have come, on all connections.</summary>
    public List<int> Got { get; } = [];

    public bool IsUp => !_connection.IsClosed;

    private long Counted => _countedBefore + _connection.Counted;

    public void Send()
    {
        // One that is not connected keeps it, and sends it when it has come back.
        Sent++;
        if (IsUp)
            _connection.Message(Sent);
        Read();
    }

    public void Ack()
    {
        if (IsUp)
            _connection.Ack(Counted);
        Read();
    }

    public void Hold() => _connection.Link.Hold();

    public void Release()
    {
        _connection.Link.Release();
        Read();
    }

    public void Cut()
    {
        if (IsUp)
            _connection.Vanish();
        Read();
    }

    public void Resume()
    {
        Read();
        _countedBefore = Counted;
        TestClient newer = _bench.Connect().Resume(Self, Token, _countedBefore);
        (TestClient older, _connection) = (_connection, newer);
        if (newer.Link.Frames is not [{ } first, ..] || !first.Contains("\"resumed\"", StringComparison.Ordinal))
            throw new AssertionException($"It could not come back: {string.Join(' ', newer.Link.Frames)}");

        _olderTokens.Add(Token);
        Token = newer.Token;
        int received = (int)JsonNode.Parse(first)!["received"]!;
        if (received > Sent)
            throw new AssertionException($"The server got {received} of {Sent}.");

        // A frame on the new connection, so that the token before is used up.
        newer.Ack(_countedBefore);
        older.Link.Release();
        if (!older.IsClosed)
            throw new AssertionException("The older connection is still up.");

        for (int number = received + 1; number <= Sent; number++)
        {
            newer.Message(number);
        }

        Read();
    }

    public void ShowOlderToken() => ShowWrongToken(_olderTokens.Count == 0 ? "none" : _olderTokens[Sent % _olderTokens.Count]);

    public void ShowWrongToken(string token)
    {
        TestClient thief = _bench.Connect().Resume(Self, token, Counted);
        if (thief.End != "refused")
            throw new AssertionException($"A wrong token was taken: {string.Join(' ', thief.Link.Frames)}");
    }

    public void Read()
    {
        foreach (string news in _connection.News())
        {
            if (news.StartsWith("message ", StringComparison.Ordinal))
                Got.Add(int.Parse(news[8..], CultureInfo.InvariantCulture));
            else if (news is not ("created" or "joined" or "join" or "away" or "back") && !news.StartsWith("ack ", StringComparison.Ordinal) && !news.StartsWith("resumed ", StringComparison.Ordinal))
                throw new AssertionException($"It was told '{news}'.");
        }
    }
}
