using Microsoft.Extensions.Logging;

namespace RoomCall.SipSorcery;

/// <summary>What a user's media source throws harms the picture or the sound, not the call.</summary>
internal static partial class MediaFailures
{
    public static async Task Observe(Func<Task> work, ILogger logger)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.SourceFailed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3203, LogLevel.Warning, "A local media source could not be started or stopped.")]
        public static partial void SourceFailed(ILogger logger, Exception exception);
    }
}
