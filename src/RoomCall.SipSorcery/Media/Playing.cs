using Microsoft.Extensions.Logging;

namespace RoomCall.SipSorcery;

/// <summary>The frames of a track on their way to a sink, until either side ends it.</summary>
internal static class Playing
{
    public static IDisposable Of<TFrame>(IObservable<TFrame> frames, Action<TFrame> play, Func<Task> close, ILogger logger)
    {
        int isClosed = 0;
        IDisposable subscription = frames.Subscribe(play, Close);
        return System.Reactive.Disposables.Disposable.Create(() =>
        {
            subscription.Dispose();
            Close();
        });

        void Close()
        {
            if (Interlocked.Exchange(ref isClosed, 1) == 0)
                _ = MediaFailures.Observe(close, logger);
        }
    }
}
