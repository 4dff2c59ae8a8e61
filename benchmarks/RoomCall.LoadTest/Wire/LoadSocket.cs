using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RoomCall.LoadTest.Wire;

/// <summary>The leanest WebSocket client: frames that are built once and sent whole, and read in place. So that the load costs less than
/// the server it loads; it knows no extensions and no TLS.</summary>
internal sealed class LoadSocket : IDisposable
{
    private const string Key = "dGhlIHNhbXBsZSBub25jZQ==";
    private const string Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static readonly byte[] Close = ClientFrame.OfClose();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[4096];
    private ArrayBufferWriter<byte>? _spread;
    private int _start;
    private int _end;

    /// <summary>The code that the server closed with; null while it has not.</summary>
    public int? CloseCode { get; private set; }

    /// <summary>Whether this side has closed, or is about to.</summary>
    public bool HasSentClose { get; private set; }

    /// <summary>Connects and opens the WebSocket.</summary>
    public async Task OpenAsync(IPEndPoint server, string target, string? subProtocol, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(server, cancellationToken);
        string protocol = subProtocol is null ? "" : $"Sec-WebSocket-Protocol: {subProtocol}\r\n";
        _socket.Send(Encoding.ASCII.GetBytes(
            $"GET {target} HTTP/1.1\r\nHost: {server}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{protocol}" +
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Key}\r\n\r\n"));

        int end;
        while ((end = Received.IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync(cancellationToken)) throw new IOException("The server closed the connection instead of answering.");
        }

        string answer = Encoding.ASCII.GetString(Received[..end]);
        if (!answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal) || !answer.Contains(Accept, StringComparison.Ordinal))
            throw new IOException($"The server opened no WebSocket:\n{answer}");
        _start += end + 4;
    }

    /// <summary>Reads until the server ends the connection.</summary>
    public async Task ReadAsync(ITextReceiver receiver, CancellationToken cancellationToken)
    {
        do
        {
            while (ServerFrame.TryRead(Received, out ServerFrame frame))
            {
                _start += frame.Length;
                Take(frame, receiver);
            }
        }
        while (await FillAsync(cancellationToken));
    }

    /// <summary>Sends a whole frame. A handler of received text and others may send at once.</summary>
    public void Send(ReadOnlySpan<byte> frame)
    {
        lock (_socket) _socket.Send(frame);
    }

    public void SendClose()
    {
        if (HasSentClose) return;
        HasSentClose = true;
        Send(Close);
    }

    public void Dispose() => _socket.Dispose();

    private ReadOnlySpan<byte> Received => _buffer.AsSpan(_start, _end - _start);

    private void Take(ServerFrame frame, ITextReceiver receiver)
    {
        switch (frame.Kind)
        {
            case FrameKind.Text when frame.IsFinal:
                receiver.OnText(frame.Payload);
                break;
            case FrameKind.Text or FrameKind.Continuation:
                TakePart(frame, receiver);
                break;
            case FrameKind.Ping:
                Send(ClientFrame.OfPong(frame.Payload));
                break;
            case FrameKind.Close:
                CloseCode = frame.Payload.Length < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(frame.Payload);
                SendClose();
                break;
            case FrameKind.Pong:
                break;
            default:
                throw new InvalidDataException($"The server sent a frame of kind {frame.Kind}.");
        }
    }

    // SignalR's server sends a text in as many frames as it has buffers for it.
    private void TakePart(ServerFrame frame, ITextReceiver receiver)
    {
        _spread ??= new ArrayBufferWriter<byte>();
        _spread.Write(frame.Payload);
        if (!frame.IsFinal) return;
        receiver.OnText(_spread.WrittenSpan);
        _spread.ResetWrittenCount();
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        int count = await _socket.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count;
        return count > 0;
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_start > 0)
        {
            Received.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
    }
}
