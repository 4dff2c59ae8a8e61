using System.Collections.Concurrent;
using RoomCall.DataChannels;

namespace RoomCall.Conformance;

/// <summary>What all fixtures of whole calls share. Subclass each fixture for your signaler, your engine, or both.</summary>
public abstract class CallConformance
{
    private readonly ConcurrentBag<ICallSession> _sessions = [];

    /// <summary>No limit at all: a test sets the one that it is about.</summary>
    protected static readonly CallTimeouts NoLimits = new()
    {
        Join = Timeout.InfiniteTimeSpan,
        Wait = Timeout.InfiniteTimeSpan,
        Media = Timeout.InfiniteTimeSpan,
        Negotiation = Timeout.InfiniteTimeSpan,
        Connection = Timeout.InfiniteTimeSpan,
        DataChannel = Timeout.InfiniteTimeSpan,
        Disconnected = Timeout.InfiniteTimeSpan,
        Recovery = Timeout.InfiniteTimeSpan,
        Signaling = Timeout.InfiniteTimeSpan,
        Operation = TimeSpan.FromDays(1),
        HangUp = TimeSpan.FromDays(1),
    };

    /// <summary>Fresh for each test.</summary>
    protected CallWorld World { get; private set; } = null!;

    [SetUp]
    public async Task Begin() => World = await CreateWorldAsync();

    [TearDown]
    public async Task End()
    {
        await Task.WhenAll(_sessions.Select(session => PassUntilAsync(session.DisposeAsync().AsTask())));
        _sessions.Clear();
        World.AssertEmpty();
        await World.DisposeAsync();
    }

    protected abstract ValueTask<CallWorld> CreateWorldAsync();

    /// <summary>A side joins a room; the session is disposed after the test.</summary>
    /// <param name="side">The side; null: a new one.</param>
    /// <param name="options">How it calls; null: without any limit of time.</param>
    /// <param name="room">The room.</param>
    protected Task<ICallSession> JoinAsync(CallSide? side = null, CallOptions? options = null, string room = "room") =>
        JoinAsync((side ?? World.CreateSide()).CreateClient(options ?? Options()), room);

    /// <summary>A client joins a room; the session is disposed after the test.</summary>
    protected async Task<ICallSession> JoinAsync(ICallClient client, string room = "room")
    {
        ICallSession session = await client.JoinAsync(room).Soon();
        _sessions.Add(session);
        return session;
    }

    /// <summary>Two meet in a room.</summary>
    protected async Task<(ICallSession Initiator, ICallSession Joiner)> MeetAsync(CallOptions? initiator = null, CallOptions? joiner = null) =>
        (await JoinAsync(null, initiator), await JoinAsync(null, joiner));

    /// <summary>Two meet, and both their data channels open.</summary>
    protected async Task<(ICallSession Initiator, ICallSession Joiner)> CallAsync(CallOptions? initiator = null, CallOptions? joiner = null)
    {
        (ICallSession one, ICallSession other) = await MeetAsync(initiator, joiner);
        await TalkAsync(one, other);
        return (one, other);
    }

    /// <summary>A call is up, and what each says the other hears.</summary>
    protected static async Task TalkAsync(ICallSession one, ICallSession other)
    {
        IDataChannel first = await one.WhenDataChannelOpenAsync().Soon();
        IDataChannel second = await other.WhenDataChannelOpenAsync().Soon();
        await first.SendAsync("hello").Soon();
        Assert.That(await HearAsync(second), Is.EqualTo("hello"));
        await second.SendAsync("hello yourself").Soon();
        Assert.That(await HearAsync(first), Is.EqualTo("hello yourself"));
    }

    /// <summary>The next text on a channel.</summary>
    protected static async Task<string> HearAsync(IDataChannel channel)
    {
        await using IAsyncEnumerator<DataMessage> messages = channel.ReadAllAsync().GetAsyncEnumerator();
        Assert.That(await messages.MoveNextAsync().Soon(), Is.True, "The channel ended.");
        return messages.Current.Text;
    }

    /// <summary>All texts until the channel ends.</summary>
    protected static async Task<List<string>> HearAllAsync(IDataChannel channel)
    {
        List<string> texts = [];
        await foreach (DataMessage message in channel.ReadAllAsync())
        {
            texts.Add(message.Text);
        }

        return texts;
    }

    protected static Task<CallState> ReachedAsync(ICallSession session, CallPhase phase) =>
        session.WhenAsync(state => state.Phase == phase).Soon();

    /// <summary>Lets time pass until the task has ended, second by second.</summary>
    protected async Task PassUntilAsync(Task task)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!task.IsCompleted && TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(30))
        {
            // First what is under way on other threads, then the clock.
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System));
            if (!task.IsCompleted)
            {
                await World.PassAsync(TimeSpan.FromSeconds(1));
            }
        }

        await task.WaitAsync(TimeSpan.Zero, TimeProvider.System);
    }

    /// <summary>Lets time pass until a session has ended: at once or later, but not before <paramref name="least"/>.</summary>
    protected async Task<CallEndReason> EndAfterAsync(ICallSession session, TimeSpan least)
    {
        DateTimeOffset start = World.Time.GetUtcNow();
        await PassUntilAsync(session.Completion);
        Assert.That(World.Time.GetUtcNow() - start, Is.GreaterThanOrEqualTo(least));
        return await session.Completion;
    }

    protected static CallOptions Options(Func<CallTimeouts, CallTimeouts>? limit = null) => new()
    {
        Timeouts = limit is null ? NoLimits : limit(NoLimits),
    };

    protected static void AssertEnded(ICallSession session, CallEndCode code) =>
        Assert.That(session.State, Has.Property(nameof(CallState.Phase)).EqualTo(CallPhase.Ended)
            .And.Property(nameof(CallState.EndReason)).Property(nameof(CallEndReason.Code)).EqualTo(code));
}
