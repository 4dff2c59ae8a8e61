using System.Diagnostics.CodeAnalysis;
using RoomCall.Scheduling;

namespace RoomCall.InMemory;

/// <summary>What is ready to go on in a simulation. All of it runs on the simulation's thread, one piece after the other; what another
/// thread adds is a proof that something left the simulation, and is kept as such.</summary>
internal sealed class SimulationContext(ulong seed, bool shuffle, SimulationTrace trace) : DeterministicContext
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Queue<Work> _waiting = new();
    private readonly List<Work> _ready = [];
    private SeededRandom _random = new(seed);
    private volatile string? _stranger;
    private volatile bool _hasEnded;

    /// <summary>Where another thread came in, if one did.</summary>
    public string? Stranger => _stranger;

    /// <summary>A callback, or a timer under its version.</summary>
    public readonly record struct Work(SendOrPostCallback? Callback, object? State, int Version)
    {
        public void Run()
        {
            if (Callback is not null) Callback(State);
            else ((SimulationTimer)State!).Elapse(Version);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => Add(new Work(d, state, 0));

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (CheckThread()) d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    public void Add(SimulationTimer timer, int version) => Add(new Work(null, timer, version));

    /// <summary>Takes the piece of work whose turn it is.</summary>
    public bool TryTake([MaybeNullWhen(false)] out Work work)
    {
        if (!shuffle) return _waiting.TryDequeue(out work);
        if (_ready.Count == 0)
        {
            work = default;
            return false;
        }

        int last = _ready.Count - 1;
        int index = last == 0 ? 0 : (int)(_random.NextUInt64() % (ulong)_ready.Count);
        trace.Mix((ulong)(uint)last << 32 | (uint)index);
        work = _ready[index];
        _ready[index] = _ready[last];
        _ready.RemoveAt(last);
        return true;
    }

    /// <summary>Waits in real time for a thread that is out there; only before a run is said to wait for ever.</summary>
    public bool AwaitStranger(TimeSpan patience) => _stranger is not null || SpinWait.SpinUntil(() => _stranger is not null, patience);

    /// <summary>What comes from here on is passed over: it is of a world that has ended.</summary>
    public void End()
    {
        _hasEnded = true;
        _ready.Clear();
        _waiting.Clear();
    }

    /// <summary>Whether the caller runs on the simulation's thread. It must not throw: an exception would end up on the thread pool, and end
    /// the process.</summary>
    public bool CheckThread()
    {
        if (Environment.CurrentManagedThreadId == _thread) return true;
        if (!_hasEnded) _stranger ??= Environment.StackTrace;
        return false;
    }

    private void Add(Work work)
    {
        if (!CheckThread() || _hasEnded) return;
        if (shuffle) _ready.Add(work);
        else _waiting.Enqueue(work);
    }
}
