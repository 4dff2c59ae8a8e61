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

    [Test]
    public void What_is_added_while_the_queue_is_held_begins_in_order_when_it_is_released()
    {
        SerialQueue queue = new();
        List<int> done = [];
        queue.Hold();
        queue.Enqueue(() => Add(1));
        queue.Enqueue(() => Add(2));
        Assert.That(done, Is.Empty);

        queue.Release();

        Assert.That(done, Is.EqualTo(new[] { 1, 2 }));

        ValueTask Add(int number)
        {
            done.Add(number);
            return default;
        }
    }

    [Test]
    public async Task A_piece_that_ends_while_the_queue_is_held_lets_no_other_begin()
    {
        SerialQueue queue = new();
        TaskCompletionSource first = new();
        bool hasBegun = false;
        queue.Enqueue(() => new ValueTask(first.Task));
        queue.Hold();
        queue.Enqueue(() =>
        {
            hasBegun = true;
            return default;
        });

        first.SetResult();
        Assert.That(hasBegun, Is.False);
        queue.Release();

        await queue.WhenIdleAsync();
        Assert.That(hasBegun, Is.True);
    }
}
