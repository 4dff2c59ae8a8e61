using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace RoomCall.AspNetCore.Tests.Hostile;

/// <summary>A TCP connection that says what it likes: bytes go out as they are given, and the server's frames are read one by one.</summary>
internal sealed class HostileSocket : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;

    private HostileSocket(Socket socket) => _socket = socket;

    /// <summary>The code of the server's close frame, or null.</summary>
    public int? CloseCode { get; private set; }

    public static async Task<HostileSocket> ConnectAsync(Uri endpoint, int? receiveBuffer = null)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } size)
            socket.ReceiveBufferSize = size;
        await socket.ConnectAsync(IPAddress.Loopback, endpoint.Port);
        return new HostileSocket(socket);
    }

    /// <summary>Connects and becomes a WebSocket.</summary>
    public static async Task<HostileSocket> OpenAsync(Uri endpoint, int? receiveBuffer = null)
    {
        HostileSocket socket = await ConnectAsync(endpoint, receiveBuffer);
        await socket.WriteAsync(Handshake(endpoint));
        string answer = await socket.ReadHeadAsync();
        if (!answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
            throw new InvalidOperationException($"The handshake was refused: {answer}");
        return socket;
    }

    public static string Handshake(Uri endpoint, string more = "", string version = "13", string key = "dGhlIHNhbXBsZSBub25jZQ==") =>
        $"GET {endpoint.AbsolutePath} HTTP/1.1\r\nHost: {endpoint.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + $"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: {version}\r\nSec-WebSocket-Protocol: roomcall.v1\r\n{more}\r\n";

    public Task WriteAsync(string text) => WriteAsync(Encoding.ASCII.GetBytes(text));

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None).AsTask().WaitAsync(Patience)..];
        }
    }

    /// <summary>Writes as long as the server takes it.</summary>
    /// <returns>False when the server has cut the connection.</returns>
    public async Task<bool> TryWriteAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await WriteAsync(bytes);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public Task SayAsync(string frame) => WriteAsync(WireFrame.Bytes(frame));

    /// <summary>Nothing more will be written.</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends the connection without a word: the system sends a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Dispose();
    }

    /// <summary>Waits, without reading, until the server has cut the connection.</summary>
    public async Task IsCutAsync()
    {
        for (int i = 0; i < 1_000; i++)
        {
            if (!await TryWriteAsync(new byte[1]))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        throw new AssertionException("The connection is still up.");
    }

    /// <summary>The head of the server's answer to the request.</summary>
    public async Task<string> ReadHeadAsync()
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await ReceiveAsync(one) == 1)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>The server's next text frame, or null when the connection has ended.</summary>
    public async Task<string?> NextAsync()
    {
        while (await ReadFrameAsync() is var (opcode, payload))
        {
            if (opcode == WireFrame.Text)
                return Encoding.UTF8.GetString(payload);
            if (opcode == WireFrame.Close)
                CloseCode = payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : 0;
        }

        return null;
    }

    /// <summary>The next text frame of this type.</summary>
    public async Task<JsonObject> NextAsync(string type)
    {
        while (await NextAsync() is { } text)
        {
            JsonObject frame = JsonNode.Parse(text)!.AsObject();
            if ((string?)frame["type"] == type)
                return frame;
        }

        throw new InvalidOperationException($"The connection ended, and no {type} had come.");
    }

    /// <summary>Reads until the server has ended the connection.</summary>
    /// <returns>The codes of its errors and of its last word, in order.</returns>
    public async Task<List<string>> EndAsync()
    {
        List<string> codes = [];
        while (await NextAsync() is { } text)
        {
            if (JsonNode.Parse(text)!.AsObject() is var frame && (string?)frame["type"] is "error" or "end")
                codes.Add($"{frame["type"]} {frame["code"]}");
        }

        return codes;
    }

    public void Dispose() => _socket.Dispose();

    private async Task<(int Opcode, byte[] Payload)?> ReadFrameAsync()
    {
        byte[] head = new byte[2];
        if (!await FillAsync(head))
            return null;

        long length = head[1];
        if (length >= 126)
        {
            byte[] number = new byte[length == 126 ? 2 : 8];
            if (!await FillAsync(number))
                return null;
            length = number.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(number) : BinaryPrimitives.ReadInt64BigEndian(number);
        }

        byte[] payload = new byte[length];
        return await FillAsync(payload) ? (head[0] & 15, payload) : null;
    }

    private async Task<bool> FillAsync(Memory<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int count = await ReceiveAsync(buffer);
            if (count == 0)
                return false;
            buffer = buffer[count..];
        }

        return true;
    }

    private async Task<int> ReceiveAsync(Memory<byte> buffer)
    {
        try
        {
            return await _socket.ReceiveAsync(buffer, SocketFlags.None).AsTask().WaitAsync(Patience);
        }
        catch (SocketException)
        {
            // A reset, which ends a connection too.
            return 0;
        }
    }
}
