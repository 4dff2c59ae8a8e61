using Microsoft.Extensions.Logging;
using RoomCall.Observables;

namespace RoomCall;

/// <summary>A session's events. Those that happen before anybody listens are kept, within a bound, for the first who does: joining
/// is over before a caller has the session in hand.</summary>
internal sealed class SessionEvents(ILogger logger) : IObservable<CallEvent>
{
    private const int MaxEarly = 256;

    private readonly Lock _gate = new();
    private readonly IsolatedSubject<CallEvent> _subject = new(logger);
    private Queue<CallEvent>? _early = new();
    private bool _isCompleted;

    public void OnNext(CallEvent callEvent)
    {
        lock (_gate)
        {
            if (_early is null)
            {
                _subject.Post(callEvent);
            }
            else
            {
                _early.Enqueue(callEvent);
                if (_early.Count > MaxEarly)
                {
                    _early.Dequeue();
                }
            }
        }

        _subject.Deliver();
    }

    public void OnCompleted()
    {
        lock (_gate)
        {
            _isCompleted = true;
            if (_early is null)
            {
                _subject.PostCompleted();
            }
        }

        _subject.Deliver();
    }

    public IDisposable Subscribe(IObserver<CallEvent> observer)
    {
        IDisposable subscription;
        lock (_gate)
        {
            subscription = _subject.Add(observer);
            PostEarly();
        }

        _subject.Deliver();
        return subscription;
    }

    private void PostEarly()
    {
        while (_early is not null && _early.TryDequeue(out CallEvent? callEvent))
        {
            _subject.Post(callEvent);
        }

        if (_early is not null && _isCompleted)
        {
            _subject.PostCompleted();
        }

        _early = null;
    }
}
