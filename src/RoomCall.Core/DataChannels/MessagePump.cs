using Microsoft.Extensions.Logging;
using RoomCall.Observables;
using RoomCall.Scheduling;

namespace RoomCall.DataChannels;

/// <summary>
/// Shows a channel's messages to observers while there are any: one reader, which takes the next message when all observers have
/// returned from the last, so that slow observers slow the sender like any slow reader.
/// </summary>
internal sealed class MessagePump(ReceiveSide source, ILogger logger) : IObservable<DataMessage>
{
    private readonly Lock _gate = new();
    private Subscription[] _subscriptions = [];
    private bool _running;

    public IDisposable Subscribe(IObserver<DataMessage> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        Subscription subscription = new(this, new(observer, logger));
        lock (_gate)
        {
            _subscriptions = [.. _subscriptions, subscription];
            if (_running)
            {
                return subscription;
            }

            _running = true;
        }

        // Not here: Subscribe would not return while messages come.
        _ = DeterministicContext.Run(RunAsync);
        return subscription;
    }

    private async Task RunAsync()
    {
        while (await source.WaitToReadAsync(CancellationToken.None).ConfigureAwait(DeterministicContext.IsCurrent))
        {
            while (TryTake(out DataMessage message, out Subscription[] observers))
            {
                foreach (Subscription subscription in observers)
                {
                    subscription.Observer.OnNext(message);
                }
            }

            if (TryStop())
            {
                return;
            }
        }

        foreach (Subscription subscription in TakeAll())
        {
            subscription.Observer.OnCompleted();
        }
    }

    /// <summary>Takes a message for those subscribed now, in one step: a message is never taken for nobody.</summary>
    private bool TryTake(out DataMessage message, out Subscription[] observers)
    {
        lock (_gate)
        {
            observers = _subscriptions;
            message = default;
            return observers.Length > 0 && source.TryRead(out message);
        }
    }

    private bool TryStop()
    {
        lock (_gate)
        {
            _running = _subscriptions.Length > 0;
            return !_running;
        }
    }

    private Subscription[] TakeAll()
    {
        lock (_gate)
        {
            Subscription[] all = _subscriptions;
            _subscriptions = [];
            _running = false;
            return all;
        }
    }

    private sealed class Subscription(MessagePump pump, IsolatedObserver<DataMessage> observer) : IDisposable
    {
        public IsolatedObserver<DataMessage> Observer => observer;

        public void Dispose()
        {
            lock (pump._gate)
            {
                pump._subscriptions = Array.FindAll(pump._subscriptions, other => other != this);
            }
        }
    }
}
