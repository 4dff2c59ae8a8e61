using RoomCall.DataChannels;

namespace RoomCall.Conformance;

/// <summary>A data channel with an observer that keeps what it is told.</summary>
public sealed class TestChannel : IDataChannelTransportObserver
{
    private int _inside;

    public TestChannel(IDataChannelTransport transport, Func<DataMessage, ValueTask>? take = null)
    {
        Transport = transport;
        Take = take;
        transport.Attach(this);
    }

    public IDataChannelTransport Transport { get; }

    public Func<DataMessage, ValueTask>? Take { get; }

    /// <summary>"open", "message", "low", "closing", "closed": in the order they came.</summary>
    public EventLog<string> Events { get; } = new();

    public EventLog<DataMessage> Messages { get; } = new();

    public Exception? Error { get; private set; }

    public bool Overlapped { get; private set; }

    public Task WhenOpen => Events.FirstAsync(static told => told == "open");

    public Task WhenClosed => Events.FirstAsync(static told => told == "closed");

    public void OnOpen() => Tell("open");

    public ValueTask OnMessageAsync(DataMessage message)
    {
        Overlapped |= Interlocked.Increment(ref _inside) != 1;
        Events.Add("message");
        Messages.Add(message);
        Interlocked.Decrement(ref _inside);
        return Take?.Invoke(message) ?? default;
    }

    public void OnBufferedAmountLow() => Tell("low");

    public void OnClosing() => Tell("closing");

    public void OnClosed(Exception? error)
    {
        Error = error;
        Tell("closed");
    }

    private void Tell(string told)
    {
        Overlapped |= Interlocked.Increment(ref _inside) != 1;
        Events.Add(told);
        Interlocked.Decrement(ref _inside);
    }
}
