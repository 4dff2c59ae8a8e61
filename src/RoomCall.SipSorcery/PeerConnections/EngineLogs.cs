using Microsoft.Extensions.Logging;
using SIPSorcery;

namespace RoomCall.SipSorcery;

/// <summary>Hands SIPSorcery's logs to the application. It has one logger factory for the whole process.</summary>
internal static class EngineLogs
{
    private static int _isBridged;

    /// <summary>Takes this factory, unless one was taken before.</summary>
    /// <param name="loggers">The application's loggers.</param>
    public static void Bridge(ILoggerFactory loggers)
    {
        if (Interlocked.Exchange(ref _isBridged, 1) == 0)
            LogFactory.Set(loggers);
    }
}
