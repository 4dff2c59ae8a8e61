using System.Diagnostics;

namespace RoomCall.LoadTest.Measures;

/// <summary>Latencies, as many as there is room for.</summary>
internal sealed class Samples(int capacity)
{
    private readonly long[] _ticks = new long[capacity];
    private int _count;
    private bool _open;

    /// <summary>Begins anew, and records from now on.</summary>
    public void Open()
    {
        Volatile.Write(ref _count, 0);
        Volatile.Write(ref _open, true);
    }

    /// <param name="ticks">Of <see cref="Stopwatch"/>.</param>
    public void Record(long ticks)
    {
        if (!Volatile.Read(ref _open)) return;
        int place = Interlocked.Increment(ref _count) - 1;
        if (place < _ticks.Length) _ticks[place] = ticks;
        else Volatile.Write(ref _open, false);
    }

    /// <summary>Stops recording, and tells what so many of a hundred samples stay under.</summary>
    /// <returns>In microseconds, one for each of <paramref name="percents"/>.</returns>
    public double[] Close(params double[] percents)
    {
        Volatile.Write(ref _open, false);
        long[] sorted = [.. _ticks.AsSpan(0, Math.Min(_count, _ticks.Length))];
        if (sorted.Length == 0) throw new InvalidOperationException("No message has arrived.");
        Array.Sort(sorted);
        return [.. percents.Select(percent => Stopwatch.GetElapsedTime(0, sorted[(int)(percent / 100 * (sorted.Length - 1))]).TotalMicroseconds)];
    }
}
