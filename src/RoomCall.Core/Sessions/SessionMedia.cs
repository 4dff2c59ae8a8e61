using Microsoft.Extensions.Logging;
using RoomCall.Media;

namespace RoomCall;

/// <summary>A session's local media: asked for once, kept over all calls of the stay, disposed with the session.</summary>
internal sealed partial class SessionMedia(IMediaSource? source, Action<CallInput> post, ILogger logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private bool _isClosed;

    /// <summary>The stream, once it is there.</summary>
    public IMediaStream? Stream { get; private set; }

    public void Open() => _ = OpenAsync();

    /// <summary>Wants it no more: one that still comes is disposed.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        _stop.Cancel();
    }

    /// <summary>Does not wait for a source that ignores its token.</summary>
    public ValueTask DisposeAsync()
    {
        Close();
        return Stream?.DisposeAsync() ?? default;
    }

    private async Task OpenAsync()
    {
        try
        {
            IMediaStream stream = await source!.OpenAsync(_stop.Token).ConfigureAwait(false);
            if (TryKeep(stream))
            {
                post(new CallInput.MediaReady(stream));
            }
            else
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (MediaRefusedException refused)
        {
            Log.Failed(logger, refused);
            post(new CallInput.MediaFailed(CallEndCode.MediaRefused, refused.Message));
        }
        catch (Exception exception)
        {
            // Whatever a source throws ends this session only, with a reason.
            Log.Failed(logger, exception);
            post(new CallInput.MediaFailed(CallEndCode.MediaFailed, exception.Message));
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
