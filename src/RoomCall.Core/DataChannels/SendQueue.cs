using System.Diagnostics.CodeAnalysis;

namespace RoomCall.DataChannels;

/// <summary>
/// The messages that the transport has not got yet, in the order in which they go to it. Its owner locks; only <see cref="Bytes"/> and
/// <see cref="Settle"/> need no lock.
/// </summary>
internal sealed class SendQueue(int limitBeforeOpen)
{
    private LinkedList<PendingSend>? _messages;
    private long _bytes;
    private long _takenBeforeOpen;

    public bool IsEmpty => _messages is null or { Count: 0 };

    /// <summary>The bytes of all that was added and not settled, what is just being sent included.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public void AddFirst(PendingSend pending)
    {
        Interlocked.Add(ref _bytes, pending.Size);
        (_messages ??= new()).AddFirst(pending.Node);
    }

    public void AddLast(PendingSend pending)
    {
        Interlocked.Add(ref _bytes, pending.Size);
        (_messages ??= new()).AddLast(pending.Node);
    }

    /// <summary>Takes a message for which nobody waits, if it fits.</summary>
    public bool TryAddBeforeOpen(DataMessage message, int size)
    {
        // An empty message takes a byte on the wire (RFC 8831, section 6.6), and here, or a flood of them would have no bound.
        long cost = Math.Max(1, size);
        if (_takenBeforeOpen + cost > limitBeforeOpen)
        {
            return false;
        }

        _takenBeforeOpen += cost;
        AddLast(new(message, size, senderWaits: false));
        return true;
    }

    public bool TryTake([NotNullWhen(true)] out PendingSend? next)
    {
        next = _messages?.First?.Value;
        if (next is null)
        {
            return false;
        }

        _messages!.RemoveFirst();
        return true;
    }

    /// <summary>Takes a message out of the middle; false when it is out already.</summary>
    public bool TryRemove(PendingSend pending)
    {
        if (pending.Node.List is null)
        {
            return false;
        }

        _messages!.Remove(pending.Node);
        return true;
    }

    public PendingSend[] TakeAll()
    {
        PendingSend[] all = _messages is null ? [] : [.. _messages];
        _messages?.Clear();
        return all;
    }

    /// <summary>A message that was taken out is sent, or given up.</summary>
    public void Settle(PendingSend pending) => Interlocked.Add(ref _bytes, -pending.Size);
}
