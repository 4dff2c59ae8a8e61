using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace RoomCall.InMemory.Tests;

/// <summary>Virtual time that goes on from timer to timer: only once somebody waits for it, and exactly as far.</summary>
public sealed class WatchedClock : FakeTimeProvider
{
    private readonly Channel<DateTimeOffset> _timers = Channel.CreateUnbounded<DateTimeOffset>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(GetUtcNow() + dueTime);
        return timer;
    }

    /// <summary>Lets time go by until a task has ended.</summary>
    public async Task<T> UntilAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            await Task.WhenAny(task, _timers.Reader.WaitToReadAsync().AsTask());
            if (!task.IsCompleted && _timers.Reader.TryRead(out DateTimeOffset due) && due > GetUtcNow())
            {
                SetUtcNow(due);
            }
        }

        return await task;
    }
}
