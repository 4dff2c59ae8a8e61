using System.Buffers;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using RoomCall.Signaling.Links;
using RoomCall.Signaling.Protocol;

namespace RoomCall.SignalR;

/// <summary>One call of the hub's method with a stream each way; the items are frames. It holds a buffer only while a frame is in
/// hand.</summary>
internal sealed class SignalRLink : ISignalingLink
{
    // SignalR passes on what a server says when it closes a connection in this exception too.
    private const string ServerClosed = "The server closed the connection";

    private readonly SignalRTransport _transport;
    private readonly Channel<string> _sent;
    private readonly ChannelReader<string> _received;
    private readonly CancellationTokenSource _drop;
    private readonly int _maxFrameBytes;
    private byte[] _buffer = [];
    private bool _hasHeard;
    private volatile bool _hasEnded;
    private int _isDropped;

    private SignalRLink(SignalRTransport transport, Channel<string> sent, ChannelReader<string> received, CancellationTokenSource drop, int maxFrameBytes) =>
        (_transport, _sent, _received, _drop, _maxFrameBytes) = (transport, sent, received, drop, maxFrameBytes);

    /// <summary>Never: what is sent first goes out right behind the call, so that no time would be saved.</summary>
    public bool HasSentFirst => false;

    /// <summary>None: a stream ends without a word, and the protocol has said it before.</summary>
    public LinkClosure? Closure => null;

    /// <summary>Calls the hub.</summary>
    /// <param name="connection">The connection, connected.</param>
    /// <param name="maxFrameBytes">The largest frame that is taken.</param>
    /// <param name="transport">Is told what the link says about the connection.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<SignalRLink> OpenAsync(
        HubConnection connection, int maxFrameBytes, SignalRTransport transport, CancellationToken cancellationToken)
    {
        // One waits while another is sent: so that what the connection does not take is held up where it has a bound.
        Channel<string> sent = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        CancellationTokenSource drop = new();
        try
        {
            // SignalR waits for its turn without a token.
            ChannelReader<string> received = await connection
                .StreamAsChannelAsync<string>(SignalingProtocol.SubProtocol, sent.Reader, drop.Token)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
            return new SignalRLink(transport, sent, received, drop, maxFrameBytes);
        }
        catch
        {
            sent.Writer.TryComplete(Dropped());
            await drop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame) => _sent.Writer.WriteAsync(Encoding.UTF8.GetString(frame.Span));

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync()
    {
        ReturnBuffer();
        try
        {
            while (await _received.WaitToReadAsync(_drop.Token).ConfigureAwait(false))
            {
                if (_received.TryRead(out string? frame))
                {
                    _hasHeard = true;
                    _transport.Heard();
                    return Encode(frame ?? "");
                }
            }
        }
        catch (HubException exception) when (!_hasHeard && !exception.Message.StartsWith(ServerClosed, StringComparison.Ordinal))
        {
            _hasEnded = true;
            throw ConnectFailure.OfRefusal(exception);
        }
        catch (Exception) when (!_drop.IsCancellationRequested)
        {
            _hasEnded = true;
            throw;
        }

        _hasEnded = true;
        return null;
    }

    /// <summary>The connection is lost: a stream that is not read does not tell, and nobody sends what waits.</summary>
    public void Break() => _sent.Writer.TryComplete(new IOException("The connection to the hub is lost."));

    public ValueTask CloseAsync()
    {
        _hasEnded = true;
        _sent.Writer.TryComplete();
        return default;
    }

    /// <summary>The buffer may be in the hands of a receive that ends by this: it is left to the garbage collector. And the source may be in
    /// the hands of SignalR.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDropped, 1) != 0)
        {
            return default;
        }

        _transport.GaveUp(this, _hasEnded);
        _sent.Writer.TryComplete(Dropped());
        return new ValueTask(_drop.CancelAsync());
    }

    private static OperationCanceledException Dropped() => new("The link was dropped.");

    private ReadOnlyMemory<byte> Encode(string frame)
    {
        int length = Encoding.UTF8.GetByteCount(frame);
        if (length > _maxFrameBytes)
        {
            throw new RoomCallException(
                RoomCallErrorCode.Malformed,
                $"The signaling server does not follow the protocol: It sent a frame of more than {_maxFrameBytes} bytes. Check that the address is that of a RoomCall server of this version.");
        }

        _buffer = ArrayPool<byte>.Shared.Rent(length);
        return _buffer.AsMemory(0, Encoding.UTF8.GetBytes(frame, _buffer));
    }

    private void ReturnBuffer()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }
}
