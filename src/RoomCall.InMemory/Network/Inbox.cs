namespace RoomCall.InMemory;

/// <summary>
/// The serial queue of one connection: packets that arrived and what its observers are to be told, in order. Whoever adds the first item
/// drains it. Its lock is a leaf: nothing else is taken or called under it, so any lock may be held while adding.
/// </summary>
internal sealed class Inbox(InMemoryPeerConnection owner) : IReadyWork
{
    private readonly Queue<Work> _items = new();
    private bool _scheduled;

    private readonly record struct Work(Action<InMemoryPeerConnection, object?> Handler, object? Argument, WorkKind Kind);

    /// <summary>Adds an item. The caller runs the <see cref="Trampoline"/> when it holds no lock any more.</summary>
    public void Post(Action<InMemoryPeerConnection, object?> handler, object? argument = null, WorkKind kind = WorkKind.Packet)
    {
        lock (_items)
        {
            _items.Enqueue(new(handler, argument, kind));
            if (_scheduled) return;
            _scheduled = true;
        }

        Trampoline.Add(this);
    }

    public int Run(int budget)
    {
        while (true)
        {
            Work item;
            lock (_items)
            {
                if (!_items.TryDequeue(out item))
                {
                    _scheduled = false;
                    return budget;
                }
            }

            owner.Do(item.Handler, item.Argument, item.Kind);
            if (--budget > 0) continue;
            Trampoline.Resume(this);
            return 0;
        }
    }
}
