using Microsoft.Extensions.Logging;

namespace RoomCall.Observables;

/// <summary>
/// An observer whose exceptions end here: each is logged, the observer stays subscribed, and neither the producer nor the next
/// observer is harmed. It stays because one value that it could not take says nothing about the next, as with .NET events.
/// </summary>
internal sealed partial class IsolatedObserver<T>(IObserver<T> observer, ILogger logger)
{
    public void OnNext(T value)
    {
        try
        {
            observer.OnNext(value);
        }
        catch (Exception exception)
        {
            Tell(exception);
        }
    }

    public void OnCompleted()
    {
        try
        {
            observer.OnCompleted();
        }
        catch (Exception exception)
        {
            Tell(exception);
        }
    }

    private void Tell(Exception exception)
    {
        try
        {
            Log.ObserverThrew(logger, exception);
        }
        catch (Exception)
        {
            // A log that throws as well has nobody left to tell.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1300, LogLevel.Error, "An observer threw; it stays subscribed, and the other observers are told as usual.",
            EventName = "ObserverThrew")]
        public static partial void ObserverThrew(ILogger logger, Exception exception);
    }
}
