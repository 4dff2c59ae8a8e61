using Microsoft.Extensions.Logging;
using RoomCall.Media;
using RoomCall.Scheduling;

namespace RoomCall;

/// <summary>A session's local media: asked for once, kept over all calls of the stay, disposed with the session.</summary>
internal sealed partial class SessionMedia(IMediaSource? source, Action<CallInput> post, ILogger logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private bool _isClosed;

    /// <summary>The stream, once it is there.</summary>
    public IMediaStream? Stream { get; private set; }

    // On the pool: a source that blocks, as with a modal question, must not stop the loop, and with it every time-out.
    public void Open() => _ = DeterministicContext.Run(OpenAsync);

    /// <summary>Wants it no more: the stream is disposed, also one that still comes. Does not wait for a source that ignores its token.</summary>
    public async ValueTask DisposeAsync()
    {
        IMediaStream? stream;
        lock (_gate)
        {
            _isClosed = true;
            stream = Stream;
            Stream = null;
        }

        try
        {
            await DeterministicContext.CancelAsync(_stop).ConfigureAwait(DeterministicContext.IsCurrent);
        }
        finally
        {
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(DeterministicContext.IsCurrent);
            }
        }
    }

    private async Task OpenAsync()
    {
        try
        {
            IMediaStream stream = await source!.OpenAsync(_stop.Token).ConfigureAwait(DeterministicContext.IsCurrent);
            if (TryKeep(stream))
            {
                post(new CallInput.MediaReady(stream));
            }
            else
            {
                await stream.DisposeAsync().ConfigureAwait(DeterministicContext.IsCurrent);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception exception) when (_stop.IsCancellationRequested)
        {
            // Nobody waits for it any more.
            Log.Failed(logger, exception);
        }
        catch (MediaRefusedException refused)
        {
            post(new CallInput.MediaFailed(CallEndCode.MediaRefused, refused.Message));
            Log.Failed(logger, refused);
        }
        catch (Exception exception)
        {
            // Whatever a source throws ends this session only, with a reason.
            post(new CallInput.MediaFailed(CallEndCode.MediaFailed, exception.Message));
            Log.Failed(logger, exception);
        }
    }

    private bool TryKeep(IMediaStream stream)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                Stream = stream;
            }

            return !_isClosed;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Information, "Local media was refused or failed.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
