using Microsoft.Extensions.Logging;
using RoomCall.Scheduling;

namespace RoomCall.Observables;

/// <summary>
/// Shows values to observers that cannot harm the producer nor each other (see <see cref="IsolatedObserver{T}"/>). An observer gets
/// what comes after it subscribed, one value at a time and in order, also when several threads produce or when an observer
/// produces from within; then the completion, once. It never fails. All members are safe for concurrent use.
/// </summary>
/// <remarks>
/// Telling has two steps, so that a producer can fix the order under a lock of its own and call the observers after it:
/// <see cref="Post"/> gives the value its place, <see cref="Deliver"/> calls the observers. Without observers both do next to nothing.
/// </remarks>
internal class IsolatedSubject<T>(ILogger logger) : IObservable<T>, IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private Subscription[] _subscriptions = [];
    private Queue<Delivery>? _waiting;
    private bool _delivering;
    private bool _completed;

    /// <summary>Shows a value to the observers now; if they are being told something else at this moment, right after it.</summary>
    public void OnNext(T value)
    {
        Post(value);
        Deliver();
    }

    /// <summary>Completes: later values are ignored, and who subscribes later is told of the completion.</summary>
    public void OnCompleted()
    {
        PostCompleted();
        Deliver();
    }

    /// <summary>Gives a value its place in the order; calls nobody.</summary>
    public void Post(T value)
    {
        lock (_gate)
        {
            if (_completed)
            {
                return;
            }

            Keep(value);
            if (_subscriptions.Length > 0)
            {
                Enqueue(new(_subscriptions, value, HasValue: true, Completes: false));
            }
        }
    }

    /// <summary>Gives the completion its place in the order; calls nobody.</summary>
    public void PostCompleted()
    {
        lock (_gate)
        {
            if (_completed)
            {
                return;
            }

            _completed = true;
            if (_subscriptions.Length > 0)
            {
                Enqueue(new(_subscriptions, default!, HasValue: false, Completes: true));
                _subscriptions = [];
            }
        }
    }

    /// <summary>Calls the observers with what is posted, unless a thread does so already: that one goes on until nothing waits.</summary>
    public void Deliver()
    {
        lock (_gate)
        {
            if (_delivering || _waiting is null)
            {
                return;
            }

            _delivering = true;
        }

        while (TryTake(out Delivery delivery))
        {
            foreach (Subscription subscription in delivery.Targets)
            {
                subscription.Tell(delivery);
            }
        }
    }

    /// <summary>As <see cref="Deliver"/>, on the thread pool: for producers whose thread is not theirs to give to observers.</summary>
    public void DeliverLater()
    {
        lock (_gate)
        {
            if (_delivering || _waiting is null)
            {
                return;
            }
        }

        DeterministicContext.Queue(this);
    }

    void IThreadPoolWorkItem.Execute() => Deliver();

    public IDisposable Subscribe(IObserver<T> observer)
    {
        IDisposable subscription = Add(observer);
        Deliver();
        return subscription;
    }

    /// <summary>Subscribes, and calls nobody: the first value, if there is one, has its place in the order.</summary>
    public IDisposable Add(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        Subscription subscription = new(this, new(observer, logger));
        lock (_gate)
        {
            bool hasValue = TryGetKept(out T value);
            if (hasValue || _completed)
            {
                Enqueue(new([subscription], value, hasValue, _completed));
            }

            if (!_completed)
            {
                _subscriptions = [.. _subscriptions, subscription];
            }
        }

        return subscription;
    }

    /// <summary>Keeps a value for later observers; called in the order of the posts, one at a time.</summary>
    private protected virtual void Keep(T value)
    {
    }

    /// <summary>Gets the value that a new observer is told first, if there is one; not called during <see cref="Keep"/>.</summary>
    private protected virtual bool TryGetKept(out T value)
    {
        value = default!;
        return false;
    }

    private void Enqueue(Delivery delivery) => (_waiting ??= new()).Enqueue(delivery);

    private bool TryTake(out Delivery delivery)
    {
        lock (_gate)
        {
            if (_waiting!.TryDequeue(out delivery))
            {
                return true;
            }

            _delivering = false;
            _waiting = null;
            return false;
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            _subscriptions = Array.FindAll(_subscriptions, other => other != subscription);
        }
    }

    /// <summary>A value, the completion, or both, and who was subscribed when it was posted.</summary>
    private readonly record struct Delivery(Subscription[] Targets, T Value, bool HasValue, bool Completes);

    private sealed class Subscription(IsolatedSubject<T> subject, IsolatedObserver<T> observer) : IDisposable
    {
        private volatile bool _disposed;

        public void Tell(in Delivery delivery)
        {
            if (delivery.HasValue && !_disposed)
            {
                observer.OnNext(delivery.Value);
            }

            if (delivery.Completes && !_disposed)
            {
                observer.OnCompleted();
            }
        }

        public void Dispose()
        {
            _disposed = true;
            subject.Remove(this);
        }
    }
}
