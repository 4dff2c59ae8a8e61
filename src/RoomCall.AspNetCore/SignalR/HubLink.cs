using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using RoomCall.Server;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore;

/// <summary>Carries frames to a client as the items of a stream, of which SignalR takes the next when it has written the last.</summary>
/// <param name="place">What the stream takes up of its connection.</param>
[SuppressMessage("Reliability", "CA1001", Justification = "The source has no timer and no handle, and may be cancelled late.")]
internal sealed class HubLink(HubPlace place) : IClientLink
{
    private const string Ping = """{"type":"ping"}""";

    // One waits while another is written: so a client that does not read holds up the server's queue for it, which has a bound.
    private readonly Channel<string> _frames = Channel.CreateBounded<string>(
        new BoundedChannelOptions(1) { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly CancellationTokenSource _abort = new();
    private volatile bool _isClosed;

    /// <summary>Ends when the stay is to end at once.</summary>
    public CancellationToken Aborted => _abort.Token;

    /// <summary>Whether the server has closed: then it is not the client who ends it.</summary>
    public bool IsClosed => _isClosed;

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame) => _frames.Writer.WriteAsync(Encoding.UTF8.GetString(frame.Span));

    /// <summary>The stream stays open until the client ends it: SignalR has written into a buffer, and only the client knows what it has
    /// got.</summary>
    public ValueTask CloseAsync(EndCode code)
    {
        Close();
        return default;
    }

    public void Abort()
    {
        Close();
        End();
        _ = _abort.CancelAsync();
    }

    /// <summary>Asks the client whether it is there. Where something waits for it already, that will do.</summary>
    public void Ask() => _frames.Writer.TryWrite(Ping);

    /// <summary>Nothing more comes, and the stay is over: a client that sees the end may begin another at once.</summary>
    public void End()
    {
        place.Leave();
        _frames.Writer.TryComplete();
    }

    /// <summary>What the server says.</summary>
    /// <param name="onEnd">Called when nobody reads it any more, before SignalR ends what the client says.</param>
    /// <param name="cancellationToken">Nobody reads it any more.</param>
    public async IAsyncEnumerable<string> ReadAllAsync(Action onEnd, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        place.Hold();
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
            onEnd();
            place.Release();
        }
    }

    private void Close()
    {
        _isClosed = true;
        place.Leave();
    }
}
