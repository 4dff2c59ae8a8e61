namespace RoomCall.Scheduling;

public class DeterministicContextTests
{
    [TearDown]
    public void LeaveContext() => SynchronizationContext.SetSynchronizationContext(null);

    [Test]
    public void Under_none_and_under_another_context_work_goes_to_the_thread_pool()
    {
        foreach (SynchronizationContext? other in (SynchronizationContext?[])[null, new Refusing()])
        {
            SynchronizationContext.SetSynchronizationContext(other);
            using Work work = new();
            DeterministicContext.Queue(work);
            bool isCurrent = DeterministicContext.IsCurrent;
            SynchronizationContext.SetSynchronizationContext(null);

            work.Done.Wait();
            Assert.That((isCurrent, work.WasOnPool), Is.EqualTo((false, true)));
        }
    }

    [Test]
    public void Under_none_and_under_another_context_a_task_is_followed_by_itself()
    {
        Task<int> task = new TaskCompletionSource<int>().Task;
        foreach (SynchronizationContext? other in (SynchronizationContext?[])[null, new Refusing()])
        {
            SynchronizationContext.SetSynchronizationContext(other);
            Assert.That((DeterministicContext.Follow((Task)task), DeterministicContext.Follow(task)), Is.EqualTo((task, task)));
        }
    }

    [Test]
    public void Under_one_work_waits_for_its_owner()
    {
        Owner context = new();
        SynchronizationContext.SetSynchronizationContext(context);
        using Work work = new();

        DeterministicContext.Queue(work);

        Assert.That((DeterministicContext.IsCurrent, work.Done.IsSet), Is.EqualTo((true, false)));
        context.RunAll();
        Assert.That((work.Done.IsSet, work.WasOnPool), Is.EqualTo((true, false)));
    }

    [Test]
    public void Under_one_a_followed_task_can_be_combined_without_leaving_it()
    {
        Owner context = new();
        SynchronizationContext.SetSynchronizationContext(context);
        TaskCompletionSource<int> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource failing = new(TaskCreationOptions.RunContinuationsAsynchronously);

        Task both = Task.WhenAll(DeterministicContext.Follow(source.Task), DeterministicContext.Follow(failing.Task));
        source.SetResult(7);
        failing.SetException(new InvalidOperationException("no"));
        context.RunAll();

        Assert.That(both.IsCompleted, Is.True);
        Assert.That(both.Exception?.InnerException?.Message, Is.EqualTo("no"));
    }

    [Test]
    public void Under_one_work_runs_and_a_source_is_cancelled_when_their_turn_comes()
    {
        Owner context = new();
        SynchronizationContext.SetSynchronizationContext(context);
        using CancellationTokenSource source = new();
        bool ran = false;

        Task running = DeterministicContext.Run(() =>
        {
            ran = true;
            return Task.CompletedTask;
        });
        Task cancelling = DeterministicContext.CancelAsync(source);

        Assert.That((ran, source.IsCancellationRequested), Is.EqualTo((false, false)));
        context.RunAll();
        Assert.That((ran, source.IsCancellationRequested), Is.EqualTo((true, true)));
        Assert.That((running.IsCompletedSuccessfully, cancelling.IsCompletedSuccessfully), Is.EqualTo((true, true)));
    }

    private sealed class Work : IThreadPoolWorkItem, IDisposable
    {
        public ManualResetEventSlim Done { get; } = new();

        public bool WasOnPool { get; private set; }

        public void Execute()
        {
            WasOnPool = Thread.CurrentThread.IsThreadPoolThread && SynchronizationContext.Current is null;
            Done.Set();
        }

        public void Dispose() => Done.Dispose();
    }

    /// <summary>As a user interface's: the library leaves it alone.</summary>
    private sealed class Refusing : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => throw new InvalidOperationException("Nothing may be posted here.");
    }

    private sealed class Owner : DeterministicContext
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> _waiting = new();

        public override void Post(SendOrPostCallback d, object? state) => _waiting.Enqueue((d, state));

        public void RunAll()
        {
            while (_waiting.TryDequeue(out (SendOrPostCallback Callback, object? State) work)) work.Callback(work.State);
        }
    }
}
