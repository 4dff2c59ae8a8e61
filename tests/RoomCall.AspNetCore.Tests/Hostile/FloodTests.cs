using System.Text.Json.Nodes;

namespace RoomCall.AspNetCore.Tests.Hostile;

/// <summary>Clients that send too much, too fast or too slowly.</summary>
public sealed class FloodTests : HostileTests
{
    [TestCase("""{"type":"ping"}""", false)]
    [TestCase("""{"type":"ping"}""", true)]
    [TestCase("""{"type":"pong"}""", false)]
    [TestCase("""{"type":"message","payload":1}""", true)]
    [TestCase("""{"type":"ack","received":0}""", true)]
    [TestCase("""{"type":"park","generation":1,"payload":1}""", true)]
    public async Task A_flood_of_frames_ends_the_connection(string frame, bool isInRoom)
    {
        await StartAsync();
        using HostileSocket socket = await HostileSocket.OpenAsync(Host.Endpoint);
        await EnterAsync(socket, isInRoom);

        await FloodAsync(socket, WireFrame.Bytes(frame), count: 5_000);

        // The server may have cut the connection while much was still unread, and then its last words are lost with the rest.
        Assert.That(await socket.EndAsync(), Has.Some.EqualTo("end too-many-messages").Or.All.EqualTo("error too-many-messages"));
        await AllGoneAsync();
    }

    [Test]
    public async Task More_messages_than_a_member_may_send_are_refused_one_by_one()
    {
        await StartAsync();
        await using RawClient alice = await RawClient.EnterAsync(Host.Endpoint);
        await using RawClient bob = await RawClient.EnterAsync(Host.Endpoint);
        await alice.NextAsync("join");

        for (int number = 1; number <= 400; number++)
        {
            await bob.SayAsync($"{number}");
        }

        List<JsonObject> refused = [];
        await bob.SendAsync("""{"type":"ping"}""");
        while (await bob.NextAsync() is var frame && (string?)frame["type"] != "pong")
        {
            refused.Add(frame);
        }

        Assert.That(refused, Is.Not.Empty);
        Assert.That(refused.Select(frame => (string?)frame["code"]), Has.All.EqualTo("too-many-messages"));
        List<int> got = [];
        while (got.Count < 400 - refused.Count)
        {
            got.Add((int)(await alice.NextAsync("message"))["payload"]!);
        }

        Assert.That(got, Is.Ordered.And.Unique);
    }

    [Test]
    public async Task A_flood_of_the_transports_own_pings_disturbs_nobody()
    {
        await StartAsync();
        using HostileSocket socket = await HostileSocket.OpenAsync(Host.Endpoint);
        await EnterAsync(socket, isInRoom: true);

        await FloodAsync(socket, (new WireFrame(new byte[8]) { Opcode = WireFrame.Ping }).ToBytes(), count: 100_000);
        socket.HalfClose();
        await socket.EndAsync();

        await AllGoneAsync();
    }

    [Test]
    public async Task An_endless_frame_is_too_large()
    {
        await StartAsync();
        using HostileSocket socket = await HostileSocket.OpenAsync(Host.Endpoint);
        await EnterAsync(socket, isInRoom: true);
        byte[] piece = (new WireFrame(new byte[4096].Select(_ => (byte)'x').ToArray()) { Opcode = WireFrame.Continuation, IsFinal = false }).ToBytes();

        await socket.WriteAsync((WireFrame.Of("{") with { IsFinal = false }).ToBytes());
        await FloodAsync(socket, piece, count: 17);

        Assert.That(await socket.EndAsync(), Is.EqualTo(new[] { "error message-too-large", "end too-large" }));
    }

    [TestCase("", TestName = "A_frame_in_endless_empty_pieces_is_a_flood")]
    [TestCase("x", TestName = "A_frame_in_pieces_of_a_byte_is_a_flood")]
    public async Task A_frame_in_very_many_pieces_is_a_flood(string piece)
    {
        await StartAsync();
        using HostileSocket socket = await HostileSocket.OpenAsync(Host.Endpoint);
        await EnterAsync(socket, isInRoom: true);

        await socket.WriteAsync((WireFrame.Of("{") with { IsFinal = false }).ToBytes());
        await FloodAsync(socket, (WireFrame.Of(piece) with { Opcode = WireFrame.Continuation, IsFinal = false }).ToBytes(), count: 100);

        Assert.That(await socket.EndAsync(), Is.EqualTo(new[] { "end too-many-messages" }));
        await AllGoneAsync();
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(10)]
    public async Task One_who_never_finishes_its_first_frame_is_let_go_in_time(int written)
    {
        await StartAsync(options => options.JoinTimeout = TimeSpan.FromSeconds(1));
        using HostileSocket socket = await HostileSocket.OpenAsync(Host.Endpoint);

        await socket.WriteAsync(WireFrame.Bytes("""{"type":"create or join","room":"lobby"}""").AsMemory(0, written));

        Assert.That(await socket.EndAsync(), Is.EqualTo(new[] { "end timed-out" }));
        Assert.That(socket.CloseCode, Is.EqualTo(1008));
        await AllGoneAsync();
    }

    [Test]
    public async Task One_who_writes_a_byte_at_a_time_and_comes_to_an_end_is_heard()
    {
        await StartAsync();
        using HostileSocket socket = await HostileSocket.OpenAsync(Host.Endpoint);

        foreach (byte one in WireFrame.Bytes("""{"type":"create or join","room":"lobby"}"""))
        {
            await socket.WriteAsync(new[] { one });
        }

        Assert.That((string?)(await socket.NextAsync("created"))["room"], Is.EqualTo("lobby"));
    }

    [Test]
    public async Task One_who_does_not_close_its_side_is_cut()
    {
        await StartAsync(options => options.CloseTimeout = TimeSpan.FromSeconds(0.5));
        using HostileSocket socket = await HostileSocket.OpenAsync(Host.Endpoint);
        await EnterAsync(socket, isInRoom: true);

        await socket.SayAsync("""{"type":"bye"}""");

        Assert.That(await socket.EndAsync(), Is.EqualTo(new[] { "end left" }), "read to the end of the stream, with no close of its own");
        await AllGoneAsync();
    }

    private static async Task EnterAsync(HostileSocket socket, bool isInRoom)
    {
        if (!isInRoom)
            return;

        await socket.SayAsync("""{"type":"create or join","room":"lobby"}""");
        await socket.NextAsync("created");
    }

    private static async Task FloodAsync(HostileSocket socket, byte[] frame, int count)
    {
        const int AtOnce = 50;
        byte[] many = [.. Enumerable.Repeat(frame, AtOnce).SelectMany(bytes => bytes)];
        for (int sent = 0; sent < count; sent += AtOnce)
        {
            if (!await socket.TryWriteAsync(many.AsMemory(0, Math.Min(AtOnce, count - sent) * frame.Length)))
                return;
        }
    }
}
