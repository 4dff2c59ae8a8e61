using System.Text.Json;
using RoomCall.Signaling;

namespace RoomCall.Conformance;

/// <summary>One who asked for a room, as a test sees it: takes its connection's events one at a time.</summary>
public sealed class RoomGuest : IAsyncDisposable
{
    // A safety net: what is awaited has no reason to take long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IAsyncEnumerator<RoomEvent> _events;

    private RoomGuest(IRoomSignaler signaler, IRoomConnection connection, CancellationToken reading)
    {
        Signaler = signaler;
        Connection = connection;
        _events = connection.ReadAllAsync(reading).GetAsyncEnumerator(reading);
    }

    public IRoomSignaler Signaler { get; }

    public IRoomConnection Connection { get; }

    /// <summary>The server's answer to the request.</summary>
    public RoomEvent Answer { get; private set; } = null!;

    /// <summary>The id of this stay; empty when it was not let in.</summary>
    public string Self => Answer switch
    {
        RoomEvent.Created created => created.Self,
        RoomEvent.Joined joined => joined.Self,
        _ => "",
    };

    /// <summary>Asks for a room and waits for the answer.</summary>
    public static async Task<RoomGuest> EnterAsync(IRoomSignaler signaler, string room, CancellationToken reading = default)
    {
        IRoomConnection connection = await signaler.ConnectAsync(room, CancellationToken.None).AsTask().WaitAsync(Patience, CancellationToken.None);
        RoomGuest guest = new(signaler, connection, reading);
        guest.Answer = await guest.NextAsync();
        return guest;
    }

    /// <summary>Sends a text, as JSON.</summary>
    public Task SendAsync(string text, string? to = null) => SendAsync(JsonSerializer.SerializeToUtf8Bytes(text), to);

    public Task SendAsync(ReadOnlyMemory<byte> payload, string? to = null) =>
        Connection.SendAsync(payload, to, CancellationToken.None).AsTask().WaitAsync(Patience);

    public Task LeaveAsync() => Connection.LeaveAsync(CancellationToken.None).AsTask().WaitAsync(Patience);

    /// <summary>The next event. Log lines are passed over, and that a peer is away or back: a server need not tell of either.</summary>
    /// <exception cref="InvalidOperationException">The events ended.</exception>
    public async Task<RoomEvent> NextAsync() =>
        await NextOrEndAsync() ?? throw new InvalidOperationException("The events ended, and one more was expected.");

    /// <summary>The next event, which is of this kind.</summary>
    public async Task<T> NextAsync<T>()
        where T : RoomEvent
    {
        RoomEvent next = await NextAsync();
        return next as T ?? throw new InvalidOperationException($"Expected {typeof(T).Name}, and {next} came.");
    }

    /// <summary>The next event, which is a message, as text.</summary>
    public async Task<string> NextTextAsync() => TextOf(await NextAsync<RoomEvent.Message>());

    /// <summary>What a message says that was sent as a text.</summary>
    public static string TextOf(RoomEvent.Message message) => JsonSerializer.Deserialize<string>(message.Payload.Span)!;

    /// <summary>The next events, which are messages with numbers.</summary>
    public async Task<List<string>> NextTextsAsync(int count)
    {
        List<string> texts = [];
        while (texts.Count < count)
        {
            texts.Add(await NextTextAsync());
        }

        return texts;
    }

    /// <summary>What comes until the events end.</summary>
    public async Task<List<RoomEvent>> RestAsync()
    {
        List<RoomEvent> rest = [];
        while (await NextOrEndAsync() is { } next)
        {
            rest.Add(next);
        }

        return rest;
    }

    public async ValueTask DisposeAsync() => await Connection.DisposeAsync().AsTask().WaitAsync(Patience);

    private async Task<RoomEvent?> NextOrEndAsync()
    {
        while (await _events.MoveNextAsync().AsTask().WaitAsync(Patience))
        {
            if (_events.Current is not (RoomEvent.Log or RoomEvent.Away or RoomEvent.Back))
            {
                return _events.Current;
            }
        }

        return null;
    }
}
