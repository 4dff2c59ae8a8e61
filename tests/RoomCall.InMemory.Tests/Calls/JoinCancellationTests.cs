using RoomCall.Conformance;
using RoomCall.Signaling;

namespace RoomCall.InMemory.Tests;

/// <summary>A join that is given up leaves nothing behind.</summary>
public class JoinCancellationTests : InMemoryCallTest
{
    [Test]
    public async Task A_join_that_is_cancelled_before_it_begins_asks_nobody()
    {
        ICallClient client = CreateSide().CreateClient(Options());

        Assert.That(() => client.JoinAsync("room", null, new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Memory.World.Rooms.MemberCount, Is.Zero);
        await Task.CompletedTask;
    }

    [Test]
    public async Task A_join_that_the_server_does_not_answer_can_be_cancelled()
    {
        SilentSignaler signaler = new();
        CallClient client = new(signaler, CreateSide().Engine, Options(), World.Time);
        using CancellationTokenSource enough = new();
        Task<ICallSession> joining = client.JoinAsync("room", null, enough.Token);
        await signaler.Asked.Soon();

        await enough.CancelAsync();

        Assert.That(async () => await joining.Soon(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(signaler.WasCancelled, Is.True);
    }

    [Test]
    public async Task A_join_that_the_server_does_not_answer_times_out()
    {
        CallClient client = new(new SilentSignaler(), CreateSide().Engine, Options(limits => limits with { Join = TimeSpan.FromSeconds(15) }), World.Time);
        DateTimeOffset start = World.Time.GetUtcNow();
        Task<ICallSession> joining = client.JoinAsync("room");

        await PassUntilAsync(joining.ContinueWith(_ => { }, TaskScheduler.Default));

        RoomCallException refusal = (await Assert.ThrowsAsync<RoomCallException>(() => joining))!;
        Assert.That(refusal.EndReason!.Code, Is.EqualTo(CallEndCode.JoinTimedOut));
        Assert.That(World.Time.GetUtcNow() - start, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(15)));
    }

    [Test]
    public async Task A_signaler_that_ignores_its_token_holds_a_join_no_longer_than_an_operation_may_last()
    {
        StubbornSignaler signaler = new(CreateSide().Signaler);
        CallClient client = new(
            signaler,
            CreateSide().Engine,
            Options(limits => limits with { Join = TimeSpan.FromSeconds(15), Operation = TimeSpan.FromSeconds(10) }),
            World.Time);
        Task<ICallSession> joining = client.JoinAsync("room");
        await PassUntilAsync(joining.ContinueWith(_ => { }, TaskScheduler.Default));
        Assert.That((await Assert.ThrowsAsync<RoomCallException>(() => joining))!.EndReason!.Code, Is.EqualTo(CallEndCode.JoinTimedOut));

        // The connection that comes all the same is given back.
        signaler.Answer();
        await signaler.Disposed.Soon();

        World.AssertEmpty();
    }

    [Test]
    public async Task A_join_that_is_cancelled_at_any_moment_leaves_nothing_behind()
    {
        Random random = new(7);
        ICallSession other = await JoinAsync();
        for (int round = 0; round < 300; round++)
        {
            using CancellationTokenSource enough = new();
            Task cancelling = Task.Run(() =>
            {
                Thread.SpinWait(random.Next(20_000));
                enough.Cancel();
            });
            try
            {
                await using ICallSession session = await CreateSide().CreateClient(Options()).JoinAsync("room", null, enough.Token).Soon();
            }
            catch (OperationCanceledException)
            {
            }

            await cancelling.Soon();
            await ReachedAsync(other, CallPhase.Waiting);
            Assert.That(Memory.World.Rooms.MemberCount, Is.EqualTo(1));
        }

        await other.HangUpAsync().Soon();
        World.AssertEmpty();
    }

    /// <summary>A server that does not answer.</summary>
    private sealed class SilentSignaler : IRoomSignaler
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public bool WasCancelled { get; private set; }

        public async ValueTask<IRoomConnection> ConnectAsync(string room, CancellationToken cancellationToken)
        {
            _asked.TrySetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            finally
            {
                WasCancelled = true;
            }

            throw new InvalidOperationException();
        }
    }

    /// <summary>A signaler that connects when the test says so, cancelled or not.</summary>
    private sealed class StubbornSignaler(IRoomSignaler signaler) : IRoomSignaler
    {
        private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Disposed => _disposed.Task;

        public void Answer() => _answer.SetResult();

        public async ValueTask<IRoomConnection> ConnectAsync(string room, CancellationToken cancellationToken)
        {
            await _answer.Task;
            return new Connection(await signaler.ConnectAsync(room, CancellationToken.None), _disposed);
        }

        private sealed class Connection(IRoomConnection connection, TaskCompletionSource disposed) : IRoomConnection
        {
            public IAsyncEnumerable<RoomEvent> ReadAllAsync(CancellationToken cancellationToken) => connection.ReadAllAsync(cancellationToken);

            public ValueTask SendAsync(ReadOnlyMemory<byte> payload, string? to, CancellationToken cancellationToken) =>
                connection.SendAsync(payload, to, cancellationToken);

            public ValueTask LeaveAsync(CancellationToken cancellationToken) => connection.LeaveAsync(cancellationToken);

            public async ValueTask DisposeAsync()
            {
                await connection.DisposeAsync();
                disposed.TrySetResult();
            }
        }
    }
}
