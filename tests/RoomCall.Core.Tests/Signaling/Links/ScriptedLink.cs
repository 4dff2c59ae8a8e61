using System.Text;
using System.Threading.Channels;
using RoomCall.Signaling;
using RoomCall.Signaling.Links;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Tests.Signaling.Links;

/// <summary>A link, and its other end. As the contract allows, a frame's buffer is used again for the next one.</summary>
internal sealed class ScriptedLink : ISignalingLink
{
    private readonly Channel<byte[]> _toServer = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<byte[]> _toClient = Channel.CreateUnbounded<byte[]>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _dropped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _receives;
    private int _sends;

    public LinkClosure? Closure { get; private set; }

    public bool HasSentFirst { get; init; }

    /// <summary>Ends when the client has closed in the proper way.</summary>
    public Task Closed => _closed.Task.Soon();

    /// <summary>Ends when the client has dropped the link.</summary>
    public Task Dropped => _dropped.Task.Soon();

    public bool WasClosed => _closed.Task.IsCompleted;

    /// <summary>What sending waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public int Waiting => _toClient.Reader.Count;

    // --- the client's side

    public async ValueTask SendAsync(ReadOnlyMemory<byte> frame)
    {
        Assert.That(Interlocked.Increment(ref _sends), Is.EqualTo(1), "one send at a time");
        byte[] copy = frame.ToArray();
        await Task.WhenAny(Gate, _dropped.Task);
        Interlocked.Decrement(ref _sends);
        if (!_toServer.Writer.TryWrite(copy))
        {
            throw new IOException("The link is broken.");
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync()
    {
        Assert.That(Interlocked.Increment(ref _receives), Is.EqualTo(1), "one receive at a time");
        Array.Clear(_buffer);
        try
        {
            if (!await _toClient.Reader.WaitToReadAsync() || !_toClient.Reader.TryRead(out byte[]? frame))
            {
                return null;
            }

            frame.CopyTo(_buffer, 0);
            return _buffer.AsMemory(0, frame.Length);
        }
        finally
        {
            Interlocked.Decrement(ref _receives);
        }
    }

    public ValueTask CloseAsync()
    {
        _closed.TrySetResult();
        _toServer.Writer.TryComplete();
        return default;
    }

    public ValueTask DisposeAsync()
    {
        _dropped.TrySetResult();
        _toServer.Writer.TryComplete();
        _toClient.Writer.TryComplete(new IOException("The link was dropped."));
        return default;
    }

    // --- the server's side

    /// <summary>A frame came with the request.</summary>
    public void Take(ReadOnlyMemory<byte> first) => _toServer.Writer.TryWrite(first.ToArray());

    public async Task<ClientFrame> NextAsync()
    {
        byte[] bytes = await _toServer.Reader.ReadAsync().AsTask().Soon();
        return ClientFrameJson.TryDecode(bytes, out ClientFrame frame, out string? error)
            ? frame
            : throw new InvalidDataException(error);
    }

    /// <summary>The next frame, which is of this type.</summary>
    public async Task<ClientFrame> NextAsync(ClientFrameType type)
    {
        ClientFrame frame = await NextAsync();
        Assert.That(frame.Type, Is.EqualTo(type));
        return frame;
    }

    /// <summary>The next frame but for acknowledgements, which come in a while at the latest; it is of this type.</summary>
    public async Task<ClientFrame> NextAfterAcksAsync(ClientFrameType type)
    {
        ClientFrame frame = await NextAsync();
        while (frame.Type == ClientFrameType.Ack)
        {
            frame = await NextAsync();
        }

        Assert.That(frame.Type, Is.EqualTo(type));
        return frame;
    }

    /// <summary>The payload of the next frame, which is a message.</summary>
    public async Task<string> NextTextAsync() => Encoding.UTF8.GetString((await NextAsync(ClientFrameType.Message)).Payload.Span);

    /// <summary>The frames that have come and were not taken.</summary>
    public bool TryNext(out byte[]? frame) => _toServer.Reader.TryRead(out frame);

    public void Say(RoomEvent roomEvent, ResumeTicket? resume = null) => Say(ServerFrame.Of(roomEvent, resume));

    public void Say(in ServerFrame frame) => _toClient.Writer.TryWrite(ServerFrameJson.Encode(frame));

    public void Say(string json) => _toClient.Writer.TryWrite(Encoding.UTF8.GetBytes(json));

    public void SayResumed(long received, string token = "second-token") =>
        Say(new ServerFrame { Type = ServerFrameType.Resumed, Received = received, Token = token });

    public void SayAck(long received) => Say(new ServerFrame { Type = ServerFrameType.Ack, Received = received });

    public void SayEnd(EndCode code, string? detail = null) => Say(new ServerFrame { Type = ServerFrameType.End, Code = code, Detail = detail });

    /// <summary>The server closes; what it said before still arrives.</summary>
    public void Close(int? code = null, string? reason = null)
    {
        Closure = new LinkClosure(code, reason);
        _toClient.Writer.TryComplete();
    }

    /// <summary>The server does not let the client in, on a link that is up already.</summary>
    public void Refuse() => _toClient.Writer.TryComplete(new RoomCallException(RoomCallErrorCode.SignalingUnavailable, "Not now."));

    /// <summary>The network breaks: what was said before still arrives, and nothing more in either direction.</summary>
    public void Cut()
    {
        _toServer.Writer.TryComplete();
        _toClient.Writer.TryComplete(new IOException("The network is gone."));
    }
}
