using System.Text;
using System.Text.Json;

namespace RoomCall.AspNetCore.Tests.Hostile;

/// <summary>Makes inputs from a seed: the frames of tests/vectors, right and wrong, changed in their text, in their WebSocket frames, or both.</summary>
internal sealed class FuzzInputs(Random random)
{
    private static readonly string[] Vectors = ReadVectors();

    private static readonly string[] Fragments =
    [
        "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "-", "1e999", "99999999999999999999", "0.1", "\\ud800", "\\u0000", "\0", "\u2028", "\uFEFF",
        "\"type\":\"bye\",", "\"from\":\"evil\",", "\"payload\":", "\"received\":-1,", "\"\\u0074ype\":\"message\",", "//", "/*", "\r\n", "\"room\":\"\",",
    ];

    /// <summary>The next input, and whether it is the last that makes sense on its connection.</summary>
    /// <param name="known">A frame with what the client knows: its own id, and a token.</param>
    public (byte[] Bytes, bool IsLast) Next(string? known)
    {
        byte[] text = Text(known);
        return random.Next(100) switch
        {
            < 68 => (new WireFrame(text).ToBytes(), false),
            < 80 => (InPieces(text), false),
            < 83 => ((new WireFrame(text) with { Opcode = WireFrame.Binary }).ToBytes(), false),
            < 86 => (new WireFrame(text[..Math.Min(text.Length, 125)]) { Opcode = random.Next(2) == 0 ? WireFrame.Ping : WireFrame.Pong }.ToBytes(), false),
            < 87 => (new WireFrame(Large()).ToBytes(), true),
            < 98 => (Broken(text), true),
            _ => (Garbage(), true),
        };
    }

    /// <summary>A request that is not quite a handshake.</summary>
    public byte[] NextHandshake(Uri endpoint)
    {
        byte[] request = Encoding.ASCII.GetBytes(HostileSocket.Handshake(endpoint));
        return Mutate(request, random.Next(1, 6));
    }

    private byte[] Text(string? known)
    {
        string text = known is not null && random.Next(4) == 0 ? known : Vectors[random.Next(Vectors.Length)];
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(4) == 0 ? bytes : Mutate(bytes, random.Next(1, 4));
    }

    private byte[] Mutate(byte[] bytes, int times)
    {
        List<byte> changed = [.. bytes];
        for (int i = 0; i < times; i++)
        {
            int at = random.Next(changed.Count + 1);
            int length = random.Next(changed.Count - at + 1);
            switch (random.Next(7))
            {
                case 0: changed.InsertRange(at, Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)])); break;
                case 1: changed.RemoveRange(at, Math.Min(length, 8)); break;
                case 2: changed.RemoveRange(at, length); break;
                case 3: changed.InsertRange(at, changed.GetRange(at, Math.Min(length, 64))); break;
                case 4 when at < changed.Count: changed[at] ^= (byte)(1 << random.Next(7)); break; // most of them stay UTF-8
                case 5: changed.InsertRange(at, Enumerable.Repeat((byte)"[{\"0"[random.Next(4)], random.Next(200))); break;
                case 6: changed.InsertRange(at, Encoding.UTF8.GetBytes(Vectors[random.Next(Vectors.Length)])); break;
            }
        }

        return [.. changed];
    }

    private byte[] InPieces(byte[] text)
    {
        int count = random.Next(2, 9);
        List<WireFrame> pieces = [];
        for (int i = 0; i < count; i++)
        {
            int from = text.Length * i / count;
            pieces.Add(new WireFrame(text[from..(text.Length * (i + 1) / count)])
            {
                Opcode = i == 0 ? WireFrame.Text : WireFrame.Continuation,
                IsFinal = i == count - 1,
            });
            if (random.Next(10) == 0)
                pieces.Add(new WireFrame([1, 2, 3]) { Opcode = WireFrame.Ping });
        }

        return [.. pieces.SelectMany(piece => piece.ToBytes())];
    }

    private byte[] Large() => Encoding.UTF8.GetBytes($$"""{"type":"message","payload":"{{new string('x', random.Next(60_000, 80_000))}}"}""");

    // What a WebSocket may not do.
    private byte[] Broken(byte[] text)
    {
        WireFrame frame = new(text);
        WireFrame begun = frame with { IsFinal = false };
        WireFrame next = frame with { Opcode = WireFrame.Continuation };
        return random.Next(11) switch
        {
            0 => (frame with { Reserved = (byte)random.Next(1, 8) }).ToBytes(),
            1 => (frame with { Opcode = (byte)random.Next(3, 8) }).ToBytes(),
            2 => (frame with { Opcode = (byte)random.Next(11, 16) }).ToBytes(),
            3 => (frame with { DeclaredLength = (ulong)random.NextInt64() }).ToBytes(),
            4 => (frame with { DeclaredLength = ulong.MaxValue - (ulong)random.Next(1000) }).ToBytes(),
            5 => next.ToBytes(),
            6 => [.. begun.ToBytes(), .. frame.ToBytes()],
            7 => (new WireFrame(new byte[random.Next(126, 400)]) { Opcode = (byte)random.Next(8, 11) }).ToBytes(),
            8 => new WireFrame(Mutate([3, 232], 2)) { Opcode = WireFrame.Close }.ToBytes(),
            9 => Truncated(frame.ToBytes()),
            _ => (frame with { IsMasked = false }).ToBytes(),
        };
    }

    private byte[] Truncated(byte[] bytes) => bytes[..random.Next(1, bytes.Length)];

    private byte[] Garbage()
    {
        byte[] bytes = new byte[random.Next(1, 300)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string[] ReadVectors()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "protocol-frames.json")));
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(vector => vector.GetProperty("frame").GetString()!)];
    }
}
