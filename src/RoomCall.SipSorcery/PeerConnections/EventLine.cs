using Microsoft.Extensions.Logging;

namespace RoomCall.SipSorcery;

/// <summary>Tells the observers of one connection what happens, one thing at a time and in order, on the threads on which it happens. What an
/// observer throws stays here: on SIPSorcery's threads it would end the process, or a channel without a word.</summary>
internal sealed partial class EventLine(ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Queue<Action> _waiting = new();
    private bool _isTelling;
    private bool _isClosed;
    private TaskCompletionSource? _silence;

    /// <summary>Tells it now, or behind what is being told. Never blocks.</summary>
    /// <param name="tell">Calls the observer.</param>
    public void Tell(Action tell)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;

            _waiting.Enqueue(tell);
            if (_isTelling)
                return;

            _isTelling = true;
        }

        while (TryTake() is { } next)
        {
            try
            {
                next();
            }
            catch (Exception exception)
            {
                Log.ObserverThrew(logger, exception);
            }
        }
    }

    /// <summary>Takes no more, and ends when what it has is told.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (!_isTelling)
                return Task.CompletedTask;

            return (_silence ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private Action? TryTake()
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out Action? next))
                return next;

            _isTelling = false;
            _silence?.SetResult();
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Error, "An observer of a peer connection threw.")]
        public static partial void ObserverThrew(ILogger logger, Exception exception);
    }
}
