using System.Text;
using RoomCall.Signaling;

namespace RoomCall.Conformance;

/// <summary>One in the room who speaks by hand: what the test says, byte for byte.</summary>
public sealed class RoomGuestOfCall : IAsyncDisposable
{
    private readonly IRoomConnection _connection;
    private readonly IAsyncEnumerator<RoomEvent> _events;

    private RoomGuestOfCall(IRoomConnection connection)
    {
        _connection = connection;
        _events = connection.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
    }

    /// <summary>The id of this stay.</summary>
    public string Self { get; private set; } = "";

    /// <summary>The other in the room; null: none yet.</summary>
    public string? Other { get; private set; }

    /// <summary>Whether the server named this one the initiator.</summary>
    public bool IsInitiator { get; private set; }

    public static async Task<RoomGuestOfCall> EnterAsync(IRoomSignaler signaler, string room = "room")
    {
        RoomGuestOfCall guest = new(await signaler.ConnectAsync(room, CancellationToken.None).Soon());
        while (guest.Self.Length == 0)
        {
            Assert.That(await guest.NextAsync(), Is.Not.Null, "It was not let in.");
        }

        return guest;
    }

    /// <summary>The next event; null: there are no more.</summary>
    public async Task<RoomEvent?> NextAsync()
    {
        if (!await _events.MoveNextAsync().Soon())
        {
            return null;
        }

        switch (_events.Current)
        {
            case RoomEvent.Created created: (Self, IsInitiator) = (created.Self, true); break;
            case RoomEvent.Joined joined: (Self, Other) = (joined.Self, joined.Peers[0]); break;
            case RoomEvent.Join join: Other = join.Peer; break;
        }

        return _events.Current;
    }

    /// <summary>The next message, as text.</summary>
    public async Task<string> HearAsync()
    {
        while (await NextAsync() is { } next)
        {
            if (next is RoomEvent.Message message)
            {
                return Encoding.UTF8.GetString(message.Payload.Span);
            }
        }

        throw new InvalidOperationException("The events ended, and a message was expected.");
    }

    /// <summary>Passes over messages until one says bye.</summary>
    public async Task<string> UntilByeAsync()
    {
        string text;
        do
        {
            text = await HearAsync();
        }
        while (!text.Contains("bye", StringComparison.Ordinal));
        return text;
    }

    public Task SendAsync(string to, string payload) => SendAsync(to, Encoding.UTF8.GetBytes(payload));

    public Task SendAsync(string to, byte[] payload) => _connection.SendAsync(payload, to, CancellationToken.None).Soon();

    /// <summary>Sends it, if this wire can carry it.</summary>
    public async Task<bool> TrySendAsync(string to, byte[] payload)
    {
        try
        {
            await SendAsync(to, payload);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public Task LeaveAsync() => _connection.LeaveAsync(CancellationToken.None).Soon();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
