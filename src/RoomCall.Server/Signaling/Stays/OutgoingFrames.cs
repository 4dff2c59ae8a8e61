namespace RoomCall.Server.Signaling;

/// <summary>
/// The numbered frames of a stay that the client has not acknowledged: a ring of pooled buffers. The frame after the last one sent
/// is the next to send; a new connection goes back to the first that the client has not got. Its owner guards it.
/// </summary>
internal struct OutgoingFrames
{
    private const int SmallRing = 8;

    private Entry[] _ring;
    private int _head;
    private int _count;

    // How many of the ring's frames were given out to be sent on the present connection.
    private int _taken;

    public OutgoingFrames() => _ring = [];

    public readonly int Count => _count;

    public int Bytes { get; private set; }

    /// <summary>How many frames were acknowledged, and so are forgotten.</summary>
    public long Forgotten { get; private set; }

    /// <summary>The number of the frame that was given out last.</summary>
    public readonly long Taken => Forgotten + _taken;

    public readonly bool HasNext => _taken < _count;

    /// <summary>Adds a frame; the buffer is this queue's from now on.</summary>
    public void Add(byte[] buffer, int length, bool isPooled)
    {
        if (_count == _ring.Length)
            Grow();

        _ring[(_head + _count++) & (_ring.Length - 1)] = new Entry(buffer, length, isPooled);
        Bytes += length;
    }

    /// <summary>Gives out the next frame.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        Entry next = _ring[(_head + _taken++) & (_ring.Length - 1)];
        return next.Buffer.AsMemory(0, next.Length);
    }

    /// <summary>Forgets the frames up to a number, which were given out.</summary>
    public void Forget(long number)
    {
        while (Forgotten < number && _count > 0)
        {
            Entry entry = _ring[_head];
            _ring[_head] = default;
            _head = (_head + 1) & (_ring.Length - 1);
            _count--;
            _taken--;
            Forgotten++;
            Bytes -= entry.Length;
            if (entry.IsPooled)
                FrameBuffers.Return(entry.Buffer);
        }
    }

    /// <summary>Gives back the memory of a queue that is empty, unless so much has gone through it that it will be needed again.</summary>
    public void Trim()
    {
        if (_count == 0 && _ring.Length <= SmallRing)
            (_ring, _head) = ([], 0);
    }

    /// <summary>Goes back: the next frame is the first that is not acknowledged.</summary>
    public void Rewind() => _taken = 0;

    /// <summary>Forgets all.</summary>
    /// <param name="inFlight">The number of the frame that is still being read, whose buffer is left to the collector; 0: none is.</param>
    public void Clear(long inFlight)
    {
        for (int i = 0; i < _count; i++)
        {
            Entry entry = _ring[(_head + i) & (_ring.Length - 1)];
            if (entry.IsPooled && Forgotten + i + 1 != inFlight)
                FrameBuffers.Return(entry.Buffer);
        }

        Forgotten += _count;
        _ring = [];
        (_head, _count, _taken, Bytes) = (0, 0, 0, 0);
    }

    private void Grow()
    {
        Entry[] larger = new Entry[Math.Max(4, 2 * _ring.Length)];
        for (int i = 0; i < _count; i++)
        {
            larger[i] = _ring[(_head + i) & (_ring.Length - 1)];
        }

        (_ring, _head) = (larger, 0);
    }

    private readonly record struct Entry(byte[] Buffer, int Length, bool IsPooled);
}
