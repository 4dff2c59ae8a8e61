namespace RoomCall.Signaling.Links;

/// <summary>The counted frames that the server has not acknowledged: kept within a bound, sent again after a loss. Callers above the bound
/// wait in the order of their calls.</summary>
internal sealed class OutgoingWindow(int maxFrames, int maxBytes)
{
    private readonly Lock _gate = new();
    private readonly List<byte[]> _kept = [];
    private readonly LinkedList<Waiter> _waiting = [];
    private long _acknowledged;
    private long _bytes;

    // Of those that are kept: how many have gone out on the present link, and how many on any.
    private int _sent;
    private int _sentOnce;
    private bool _isClosed;
    private byte[]? _last;
    private Exception? _cause;

    /// <summary>Whether the last frame of the stay was added.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _isClosed;
            }
        }
    }

    private bool HasRoom => _kept.Count < maxFrames && _bytes < maxBytes;

    /// <summary>Adds a frame.</summary>
    /// <returns>A task that ends when it was taken; it fails when the window has ended or the last frame was added.</returns>
    public ValueTask AddAsync(byte[] frame, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        Waiter waiter;
        lock (_gate)
        {
            if (_isClosed)
            {
                return ValueTask.FromException(SignalingLoss.HasEnded(_cause));
            }

            if (_waiting.Count == 0 && HasRoom)
            {
                Keep(frame);
                return default;
            }

            waiter = new Waiter(frame);
            _waiting.AddLast(waiter);
        }

        // Outside of the lock: the token may be cancelled by now, and then this calls back at once.
        waiter.Cancellation = cancellationToken.UnsafeRegister(_ => Cancel(waiter, cancellationToken), null);
        return new ValueTask(waiter.WaitAsync());
    }

    /// <summary>Adds the last frame, behind all that wait; the bound does not hold for it, and no more is taken.</summary>
    public void Close(byte[] last)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            _last = last;
            _waiting.AddLast(new Waiter(last) { IsLast = true });
            Admit();
        }
    }

    /// <summary>Gives the next frame to send on the present link.</summary>
    public bool TryTakeNext(out ReadOnlyMemory<byte> frame)
    {
        lock (_gate)
        {
            if (_sent == _kept.Count)
            {
                frame = default;
                return false;
            }

            frame = _kept[_sent++];
            _sentOnce = Math.Max(_sentOnce, _sent);
            return true;
        }
    }

    /// <summary>The server has had so many.</summary>
    /// <param name="received">How many, in the whole count.</param>
    /// <param name="progressed">Whether it had not said so before.</param>
    /// <returns>False when that cannot be.</returns>
    public bool TryAcknowledge(long received, out bool progressed)
    {
        lock (_gate)
        {
            long count = received - _acknowledged;
            progressed = count > 0;
            if (count < 0 || count > _sentOnce)
            {
                return false;
            }

            Forget((int)count);
            return true;
        }
    }

    /// <summary>A new link goes on where the server has them: what it has not had is sent again.</summary>
    /// <returns>False when it cannot have had so many.</returns>
    public bool TryResume(long received, out bool progressed)
    {
        lock (_gate)
        {
            bool canBe = TryAcknowledge(received, out progressed);
            _sent = 0;
            return canBe;
        }
    }

    /// <summary>Begins a new count; what was kept and what waits is gone, but for the last frame.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            Admit(isRestart: true);
            _kept.Clear();
            (_acknowledged, _bytes, _sent, _sentOnce) = (0, 0, 0, 0);
            if (_last is not null)
            {
                Keep(_last);
            }
        }
    }

    /// <summary>Takes no more, and lets those who wait fail.</summary>
    /// <param name="cause">Why the stay has ended; null: by this side's wish.</param>
    public void End(Exception? cause)
    {
        lock (_gate)
        {
            _cause ??= cause;
            _isClosed = true;
            _kept.Clear();
            (_sent, _sentOnce) = (0, 0);
            foreach (Waiter waiter in _waiting)
            {
                waiter.Fail(SignalingLoss.HasEnded(_cause));
            }

            _waiting.Clear();
        }
    }

    private void Keep(byte[] frame)
    {
        _kept.Add(frame);
        _bytes += frame.Length;
    }

    private void Forget(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _bytes -= _kept[i].Length;
        }

        _kept.RemoveRange(0, count);
        _acknowledged += count;
        _sent = Math.Max(_sent - count, 0);
        _sentOnce -= count;
        Admit();
    }

    private void Admit(bool isRestart = false)
    {
        while (_waiting.First is { } first && (isRestart || HasRoom || first.Value.IsLast))
        {
            _waiting.RemoveFirst();
            Keep(first.Value.Frame);
            first.Value.Take();
        }
    }

    private void Cancel(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_waiting.Remove(waiter))
            {
                waiter.Cancel(cancellationToken);
            }
        }
    }

    private sealed class Waiter(byte[] frame)
    {
        private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public byte[] Frame => frame;

        public bool IsLast { get; init; }

        public CancellationTokenRegistration Cancellation { get; set; }

        public async Task WaitAsync()
        {
            try
            {
                await _taken.Task.ConfigureAwait(Scheduling.DeterministicContext.IsCurrent);
            }
            finally
            {
                Cancellation.Unregister();
            }
        }

        public void Take() => _taken.TrySetResult();

        public void Fail(Exception exception) => _taken.TrySetException(exception);

        public void Cancel(CancellationToken cancellationToken) => _taken.TrySetCanceled(cancellationToken);
    }
}
