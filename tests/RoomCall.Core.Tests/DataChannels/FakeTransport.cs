using RoomCall.DataChannels;

namespace RoomCall.Tests.DataChannels;

/// <summary>An engine's side of a channel that does what the test says, when it says so, on the test's thread.</summary>
internal sealed class FakeTransport : IDataChannelTransport
{
    private readonly Lock _gate = new();
    private readonly List<DataMessage> _sent = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waits = [];
    private IDataChannelTransportObserver? _observer;
    private long _bufferedAmount;
    private int _insideSend;

    public int? Id { get; set; } = 2;

    public string Label { get; init; } = "sendDataChannel";

    public DataChannelOptions Options { get; init; } = DataChannelOptions.Reliable;

    public DataChannelState State { get; set; }

    public int MaxMessageSize { get; set; } = 65_536;

    public long BufferedAmount
    {
        get
        {
            long amount = Interlocked.Read(ref _bufferedAmount);
            AmountRead?.Invoke(amount);
            return amount;
        }
    }

    public long BufferedAmountLowThreshold { get; set; }

    /// <summary>Whether <see cref="Close"/> is followed at once by the closing and the end.</summary>
    public bool ClosesAtOnce { get; set; } = true;

    /// <summary>Called after <see cref="BufferedAmount"/> was read, before the reader has it.</summary>
    public Action<long>? AmountRead { get; set; }

    /// <summary>Called inside <see cref="Send"/>, after the message was taken.</summary>
    public Action<DataMessage>? Sending { get; set; }

    public TaskCompletionSource CloseCalled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool SendsOverlapped { get; private set; }

    public IReadOnlyList<DataMessage> Sent
    {
        get
        {
            lock (_gate)
            {
                return [.. _sent];
            }
        }
    }

    public IDataChannelTransportObserver Observer => _observer ?? throw new InvalidOperationException("Nobody is attached.");

    public void Attach(IDataChannelTransportObserver observer)
    {
        _observer = observer;
        if (CloseCalled.Task.IsCompleted && ClosesAtOnce)
        {
            Closed();
        }
    }

    public void Send(DataMessage message)
    {
        if (Interlocked.Exchange(ref _insideSend, 1) == 1)
        {
            SendsOverlapped = true;
        }

        if (State != DataChannelState.Open)
        {
            Volatile.Write(ref _insideSend, 0);
            throw new InvalidOperationException("The channel is not open.");
        }

        Interlocked.Add(ref _bufferedAmount, message.Size);
        lock (_gate)
        {
            _sent.Add(message);
            _waits.FindAll(wait => wait.Count <= _sent.Count).ForEach(wait => wait.Reached.TrySetResult());
        }

        Sending?.Invoke(message);
        Volatile.Write(ref _insideSend, 0);
    }

    public void Close()
    {
        if (CloseCalled.TrySetResult() && ClosesAtOnce && _observer is not null)
        {
            Closed();
        }
    }

    public Task WhenSent(int count)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_sent.Count >= count)
            {
                return Task.CompletedTask;
            }

            _waits.Add((count, reached));
        }

        return reached.Task;
    }

    public void Open()
    {
        State = DataChannelState.Open;
        Observer.OnOpen();
    }

    public Task Receive(string text) => Observer.OnMessageAsync(DataMessage.FromText(text)).AsTask();

    public Task Receive(byte[] data) => Observer.OnMessageAsync(DataMessage.FromBytes(data)).AsTask();

    /// <summary>The network took what was buffered, down to so many bytes.</summary>
    public void Drain(long remaining = 0)
    {
        long before = Interlocked.Exchange(ref _bufferedAmount, remaining);
        if (before > BufferedAmountLowThreshold && remaining <= BufferedAmountLowThreshold)
        {
            Observer.OnBufferedAmountLow();
        }
    }

    public void Closing()
    {
        State = DataChannelState.Closing;
        Observer.OnClosing();
    }

    public void Closed(Exception? error = null)
    {
        if (error is null)
        {
            Closing();
        }

        State = DataChannelState.Closed;
        Observer.OnClosed(error);
    }
}
