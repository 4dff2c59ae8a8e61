using System.Text.Json.Nodes;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests.Hostile;

/// <summary>Opens one connection after the other and sends inputs on each. What it learns, as an honest client would, its next connections
/// use: ids, and tokens to resume with.</summary>
internal sealed class FuzzClient(Uri endpoint, int seed)
{
    private readonly Random _random = new(seed);
    private readonly FuzzInputs _inputs = new(new Random(seed + 1));
    private string _room = "";
    private string? _self;
    private string? _token;
    private string? _secret;
    private int _counted;
    private TaskCompletionSource _answered = new();
    private bool _isOver;

    public int Connections { get; private set; }

    public int Resumed { get; private set; }

    /// <summary>Sends so many inputs.</summary>
    public async Task RunAsync(int inputs, Func<bool> mayGoOn)
    {
        while (inputs > 0 && mayGoOn())
        {
            Connections++;
            inputs -= _random.Next(20) == 0 ? await KnockAsync() : await VisitAsync(inputs);
        }
    }

    // A handshake that is none, and what the server says to it.
    private async Task<int> KnockAsync()
    {
        HostileSocket socket = await HostileSocket.ConnectAsync(endpoint);
        if (await socket.TryWriteAsync(_inputs.NextHandshake(endpoint)))
        {
            socket.HalfClose();
            await socket.ReadHeadAsync();
        }

        socket.Reset();
        return 1;
    }

    private async Task<int> VisitAsync(int most)
    {
        HostileSocket socket = await HostileSocket.OpenAsync(endpoint);
        _isOver = false;
        _answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task reading = ReadAsync(socket);
        if (_random.Next(4) > 0)
        {
            await socket.TryWriteAsync(WireFrame.Bytes(Begin()));

            // Mostly it waits for the answer, so that what follows comes into a stay; else it all comes at once.
            if (_random.Next(4) > 0)
                await _answered.Task;
        }

        int sent = 0;
        bool isLast = false;
        for (int count = Math.Min(most, _random.Next(1, 20)); sent < count && !isLast && !Volatile.Read(ref _isOver);)
        {
            (byte[] bytes, isLast) = _inputs.Next(_self is null ? null : Known());
            if (!await socket.TryWriteAsync(bytes))
                break;

            sent++;
        }

        await EndAsync(socket, reading);
        return sent;
    }

    private async Task EndAsync(HostileSocket socket, Task reading)
    {
        switch (_random.Next(6))
        {
            case 0:
                await socket.TryWriteAsync(WireFrame.Bytes("""{"type":"bye"}"""));
                break;
            case 1:
                await socket.TryWriteAsync(new WireFrame([3, 232]) { Opcode = WireFrame.Close }.ToBytes());
                await TryHalfCloseAsync(socket, reading);
                break;
            case 2 or 3:
                await TryHalfCloseAsync(socket, reading);
                break;
        }

        socket.Reset();
        await reading;
    }

    private static async Task TryHalfCloseAsync(HostileSocket socket, Task reading)
    {
        try
        {
            socket.HalfClose();
            await reading;
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Reset by the server already.
        }
    }

    private string Begin()
    {
        if (_token is not null && _random.Next(4) > 0)
            return $$"""{"type":"resume","room":"{{_room}}","self":"{{_self}}","token":"{{_token}}","received":{{_counted}}}""";

        // Few enough that two of the clients often meet, and enough that seats which are kept for a while do not fill all of them.
        if (_random.Next(3) > 0)
            _room = $"room {_random.Next(40)}";
        _token = null;
        _secret = _random.Next(3) == 0 && _secret is not null ? _secret : SignalingProtocol.NewSecret();
        return $$"""{"type":"create or join","room":"{{_room}}","secret":"{{_secret}}"}""";
    }

    private string Known() => _random.Next(3) switch
    {
        0 => $$$"""{"type":"message","to":"{{{_self}}}","payload":{"type":"candidate","label":0}}""",
        1 => $$"""{"type":"ack","received":{{_counted}}}""",
        _ => $$"""{"type":"resume","room":"{{_room}}","self":"{{_self}}","token":"{{_token}}","received":{{_counted}}}""",
    };

    private async Task ReadAsync(HostileSocket socket)
    {
        try
        {
            while (await socket.NextAsync() is { } text)
            {
                // A message may be no JSON, since the server does not look into a payload; it is counted all the same.
                Learn(text.StartsWith("""{"type":"message",""", StringComparison.Ordinal)
                    ? new JsonObject { ["type"] = "message" }
                    : JsonNode.Parse(text)!.AsObject());
            }
        }
        catch (ObjectDisposedException)
        {
            // This side has ended it.
        }

        Volatile.Write(ref _isOver, true);
        _answered.TrySetResult();
    }

    private void Learn(JsonObject frame)
    {
        switch ((string?)frame["type"])
        {
            case "created" or "joined":
                (_self, _token, _counted) = ((string?)frame["self"], (string?)frame["resume"]?["token"], 2); // the log's lines come before
                break;
            case "resumed":
                _token = (string?)frame["token"];
                Resumed++;
                break;
            case "error" when (string?)frame["code"] is "unknown-stay":
                _token = null;
                break;
            case "end":
                Volatile.Write(ref _isOver, true);
                break;
            case "ack" or "pong":
                break;
            default:
                _counted++;
                break;
        }

        if ((string?)frame["type"] != "log")
            _answered.TrySetResult();
    }
}
