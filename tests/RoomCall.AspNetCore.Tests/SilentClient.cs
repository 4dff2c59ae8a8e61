using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace RoomCall.AspNetCore.Tests;

/// <summary>A WebSocket client made of bytes, which answers pings only when it is told to.</summary>
internal sealed class SilentClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpClient _tcp = new();
    private NetworkStream _stream = null!;

    /// <summary>Connects and asks for the room <c>lobby</c>.</summary>
    public static async Task<SilentClient> EnterAsync(Uri endpoint, string secret)
    {
        SilentClient client = new();
        await client._tcp.ConnectAsync(endpoint.Host, endpoint.Port);
        client._stream = client._tcp.GetStream();
        await client.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {endpoint.AbsolutePath} HTTP/1.1\r\nHost: {endpoint.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        await client.ReadHeadersAsync();
        await client.SendAsync(1, Encoding.UTF8.GetBytes($$"""{"type":"create or join","room":"lobby","secret":"{{secret}}"}"""));
        return client;
    }

    /// <summary>Reads on to the next ping.</summary>
    /// <returns>What a pong has to repeat.</returns>
    public async Task<byte[]> NextPingAsync()
    {
        while (true)
        {
            byte[] head = await ReadAsync(2);
            int length = (head[1] & 0x7F) switch
            {
                126 => BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2)),
                127 => checked((int)BinaryPrimitives.ReadUInt64BigEndian(await ReadAsync(8))),
                var few => few,
            };
            byte[] payload = await ReadAsync(length);
            if ((head[0] & 0x0F) == 9)
                return payload;
        }
    }

    public Task PongAsync(byte[] payload) => SendAsync(10, payload);

    public void Dispose() => _tcp.Dispose();

    // Masked with zeros: as it is.
    private Task SendAsync(int opcode, byte[] payload) =>
        WriteAsync([(byte)(0x80 | opcode), (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]);

    private async Task ReadHeadersAsync()
    {
        StringBuilder headers = new();
        while (!headers.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            headers.Append((char)(await ReadAsync(1))[0]);
        }

        Assert.That(headers.ToString(), Does.StartWith("HTTP/1.1 101"));
    }

    private Task WriteAsync(byte[] bytes) => _stream.WriteAsync(bytes).AsTask().WaitAsync(Patience);

    private async Task<byte[]> ReadAsync(int count)
    {
        byte[] bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Patience);
        return bytes;
    }
}
