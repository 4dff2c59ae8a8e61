namespace RoomCall.Tests.Sessions;

public class SerialQueueTests
{
    [Test]
    public void Work_that_ends_at_once_runs_on_the_callers_thread()
    {
        SerialQueue queue = new();
        int thread = 0;

        queue.Enqueue(() =>
        {
            thread = Environment.CurrentManagedThreadId;
            return default;
        });

        Assert.That(thread, Is.EqualTo(Environment.CurrentManagedThreadId));
    }

    [Test]
    public async Task The_next_piece_begins_when_the_one_before_has_ended()
    {
        SerialQueue queue = new();
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<string> order = [];

        queue.Enqueue(async () =>
        {
            order.Add("first begins");
            await first.Task;
            order.Add("first ends");
        });
        queue.Enqueue(() =>
        {
            order.Add("second");
            return default;
        });
        order.Add("both added");
        first.SetResult();
        await queue.WhenIdleAsync();

        Assert.That(order, Is.EqualTo(new[] { "first begins", "both added", "first ends", "second" }));
    }

    [Test]
    public async Task Pieces_of_many_threads_never_overlap_and_none_is_lost()
    {
        SerialQueue queue = new();
        int running = 0, most = 0, done = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                bool yields = i % 3 == thread % 3;
                queue.Enqueue(async () =>
                {
                    most = Math.Max(most, Interlocked.Increment(ref running));
                    if (yields)
                    {
                        await Task.Yield();
                    }

                    done++;
                    Interlocked.Decrement(ref running);
                });
            }
        })));
        await queue.WhenIdleAsync();

        Assert.That((most, done), Is.EqualTo((1, 4000)));
    }
}
