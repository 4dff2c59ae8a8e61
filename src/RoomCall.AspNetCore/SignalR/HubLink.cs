using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using RoomCall.Server;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore;

/// <summary>Carries frames to a client as the items of a stream, of which SignalR takes the next when it has written the last.</summary>
/// <param name="cutConnection">Ends the whole connection, which may carry more.</param>
/// <param name="patience">How long SignalR may take to write the last item of a stream that has ended.</param>
/// <param name="timeProvider">The clock of that.</param>
[SuppressMessage("Reliability", "CA1001", Justification = "The source has no timer and no handle, and may be cancelled late.")]
internal sealed class HubLink(Action cutConnection, TimeSpan patience, TimeProvider timeProvider) : IClientLink
{
    private const string Ping = """{"type":"ping"}""";

    // One waits while another is written: so a client that does not read holds up the server's queue for it, which has a bound.
    private readonly Channel<string> _frames = Channel.CreateBounded<string>(
        new BoundedChannelOptions(1) { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isClosed;

    /// <summary>Ends when the connection is to end at once.</summary>
    public CancellationToken Aborted => _abort.Token;

    /// <summary>Whether the server has closed: then it is not the client who ends it.</summary>
    public bool IsClosed => _isClosed;

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame) => _frames.Writer.WriteAsync(Encoding.UTF8.GetString(frame.Span));

    /// <summary>The stream stays open until the client ends it: SignalR has written into a buffer, and only the client knows what it has
    /// got.</summary>
    public ValueTask CloseAsync(EndCode code)
    {
        _isClosed = true;
        return default;
    }

    public void Abort()
    {
        _isClosed = true;
        _ = _abort.CancelAsync();
    }

    /// <summary>Asks the client whether it is there. Where something waits for it already, that will do.</summary>
    public void Ask() => _frames.Writer.TryWrite(Ping);

    /// <summary>Nothing more comes. Where SignalR does not get rid of what came, nothing else goes through the connection either, and it is
    /// cut.</summary>
    public void End()
    {
        _frames.Writer.TryComplete();
        if (!_ended.Task.IsCompleted)
            _ = CutIfStuckAsync();
    }

    /// <summary>What the server says.</summary>
    /// <param name="cancellationToken">Nobody reads it any more.</param>
    public async IAsyncEnumerable<string> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            while (await _frames.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (_frames.Reader.TryRead(out string? frame))
                {
                    yield return frame;
                }
            }
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    private async Task CutIfStuckAsync()
    {
        try
        {
            await _ended.Task.WaitAsync(patience, timeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            cutConnection();
        }
    }
}
