using System.Diagnostics.CodeAnalysis;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using Microsoft.Extensions.Logging;

namespace RoomCall.SipSorcery;

/// <summary>Hands frames to whoever listens, as they come; one that throws hears no more, and the others do.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Completing it is enough.")]
internal sealed class FrameFeed<TFrame>(ILogger logger)
{
    private readonly Subject<TFrame> _subject = new();

    public IObservable<TFrame> Frames => Observable.Create<TFrame>(Subscribe);

    public void Next(TFrame frame) => _subject.OnNext(frame);

    public void Complete() => _subject.OnCompleted();

    private IDisposable Subscribe(IObserver<TFrame> observer)
    {
        bool hasFailed = false;
        return _subject.Subscribe(frame => Tell(() => observer.OnNext(frame)), () => Tell(observer.OnCompleted));

        void Tell(Action tell)
        {
            if (hasFailed)
                return;

            try
            {
                tell();
            }
            catch (Exception exception)
            {
                hasFailed = true;
                FrameFeedLog.ListenerThrew(logger, exception);
            }
        }
    }
}

/// <summary>The messages of <see cref="FrameFeed{TFrame}"/>.</summary>
internal static partial class FrameFeedLog
{
    [LoggerMessage(3202, LogLevel.Error, "A listener of a remote track threw, and hears no more.")]
    public static partial void ListenerThrew(ILogger logger, Exception exception);
}
