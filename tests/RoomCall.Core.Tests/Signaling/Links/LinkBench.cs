using Microsoft.Extensions.Time.Testing;
using RoomCall.Signaling;
using RoomCall.Signaling.Links;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Tests.Signaling.Links;

/// <summary>A signaler on a scripted transport and a fake clock, and what its reader has read.</summary>
internal sealed class LinkBench : IAsyncDisposable
{
    public static readonly ResumeTicket Ticket = new("first-token", 15);

    private IAsyncEnumerator<RoomEvent>? _events;

    public LinkBench(ResumingSignalerOptions? options = null) => Signaler = new ResumingSignaler(Transport, options, Time);

    public FakeTimeProvider Time { get; } = new();

    public ScriptedTransport Transport { get; } = new();

    public ResumingSignaler Signaler { get; }

    public IRoomConnection Connection { get; private set; } = null!;

    /// <summary>Connects, and hears the first frame on the first link.</summary>
    public async Task<(ScriptedLink Link, ClientFrame First)> ConnectAsync(string room = "lobby")
    {
        Connection = await Signaler.ConnectAsync(room, CancellationToken.None).Soon();
        _events = Connection.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        ScriptedLink link = await Transport.NextAsync();
        return (link, await link.NextAsync());
    }

    /// <summary>Connects, and is let in.</summary>
    public async Task<ScriptedLink> EnterAsync(ResumeTicket? ticket = null)
    {
        (ScriptedLink link, _) = await ConnectAsync();
        link.Say(new RoomEvent.Created("lobby", "me", []), ticket ?? Ticket);
        await NextAsync<RoomEvent.Created>();
        return link;
    }

    /// <summary>The link that the client makes after a loss, and the frame that it says first.</summary>
    public async Task<(ScriptedLink Link, ClientFrame First)> AgainAsync()
    {
        Task<ScriptedLink> next = Transport.NextAsync();
        await PassUntilAsync(next);
        ScriptedLink link = await next;
        return (link, await link.NextAsync());
    }

    /// <summary>The link is cut, and the client resumes on a new one.</summary>
    public async Task<(ScriptedLink Link, ClientFrame Resume)> CutAsync(ScriptedLink link)
    {
        link.Cut();
        await NextAsync<RoomEvent.Interrupted>();
        (ScriptedLink next, ClientFrame first) = await AgainAsync();
        Assert.That(first.Type, Is.EqualTo(ClientFrameType.Resume));
        return (next, first);
    }

    public async Task<T> NextAsync<T>()
        where T : RoomEvent
    {
        Assert.That(await _events!.MoveNextAsync().Soon(), Is.True, "The events have ended.");
        Assert.That(_events.Current, Is.InstanceOf<T>());
        return (T)_events.Current;
    }

    /// <summary>The events end next.</summary>
    /// <returns>What they end with; null: normally.</returns>
    public async Task<RoomCallException?> EndAsync()
    {
        Task<bool> next = _events!.MoveNextAsync().AsTask();
        try
        {
            Assert.That(await next.Soon(), Is.False, () => $"{_events.Current} came, and not the end.");
            return null;
        }
        catch (RoomCallException exception)
        {
            return exception;
        }
    }

    public Task SendAsync(string json) => Connection.SendAsync(System.Text.Encoding.UTF8.GetBytes(json), "you", CancellationToken.None).Soon();

    /// <summary>Lets the fake clock run until something has happened.</summary>
    public async Task PassUntilAsync(Task happening)
    {
        while (!happening.IsCompleted)
        {
            await Task.WhenAny(happening, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System));
            Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        await happening;
    }

    public async ValueTask DisposeAsync()
    {
        if (Connection is not null)
        {
            await PassUntilAsync(Connection.DisposeAsync().AsTask());
        }
    }
}
