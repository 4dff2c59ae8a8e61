using System.Net.WebSockets;

namespace RoomCall.AspNetCore.Tests.Hostile;

/// <summary>Bytes that are no WebSocket frames, or no frames of the protocol.</summary>
public sealed class FrameTests : HostileTests
{
    [SetUp]
    public Task Start() => StartAsync();

    [TearDown]
    public Task NobodyIsLeft() => AllGoneAsync();

    private static IEnumerable<TestCaseData> BrokenFrames()
    {
        WireFrame ping = new([]) { Opcode = WireFrame.Ping };
        WireFrame begun = WireFrame.Of("{") with { IsFinal = false };
        for (byte reserved = 1; reserved <= 7; reserved++)
        {
            yield return Case($"Reserved_bits_{reserved}", 1002, WireFrame.Of("{}") with { Reserved = reserved });
        }

        foreach (byte opcode in (byte[])[3, 4, 5, 6, 7, 11, 12, 13, 14, 15])
        {
            yield return Case($"Opcode_{opcode}", 1002, WireFrame.Of("{}") with { Opcode = opcode });
        }

        yield return Case("A_control_frame_of_126_bytes", 1002, ping with { Payload = new byte[126] });
        yield return Case("A_control_frame_in_pieces", 1002, ping with { IsFinal = false });
        yield return Case("A_continuation_of_nothing", 1002, WireFrame.Of("{}") with { Opcode = WireFrame.Continuation });
        yield return Case("A_text_within_another", 1002, begun, WireFrame.Of("{}"));
        yield return Case("Text_that_is_not_UTF8", 1007, new WireFrame([(byte)'"', 0xC3, 0x28, (byte)'"']));
        yield return Case("Text_that_ends_in_mid_character", 1007, new WireFrame([(byte)'"', 0xF0, 0x9F]));
        yield return Case("An_encoded_half_of_a_pair", 1007, new WireFrame([(byte)'"', 0xED, 0xA0, 0x80, (byte)'"']));
        yield return Case("A_length_of_eight_bytes_with_the_highest_bit", 1002, WireFrame.Of("{}") with { DeclaredLength = ulong.MaxValue });
        yield return Case("A_close_of_one_byte", 1002, new WireFrame([3]) { Opcode = WireFrame.Close });
        foreach (int code in (int[])[0, 999, 1004, 1005, 1006, 1015, 5000, 65535])
        {
            yield return Case($"Close_code_{code}", 1002, new WireFrame([(byte)(code >> 8), (byte)code]) { Opcode = WireFrame.Close });
        }

        yield return Case("A_close_reason_that_is_not_UTF8", 1002, new WireFrame([3, 232, 0xC3, 0x28]) { Opcode = WireFrame.Close });
    }

    [TestCaseSource(nameof(BrokenFrames))]
    public async Task Ends_the_connection_as_RFC_6455_says(byte[] bytes, int closeCode)
    {
        foreach (bool isInRoom in (bool[])[false, true])
        {
            using HostileSocket socket = await HostileSocket.OpenAsync(Host.Endpoint);
            if (isInRoom)
            {
                await socket.SayAsync("""{"type":"create or join","room":"lobby"}""");
                await socket.NextAsync("created");
            }

            await socket.WriteAsync(bytes);

            Assert.That(await socket.EndAsync(), Is.Empty);
            Assert.That(socket.CloseCode, Is.EqualTo(closeCode).Or.Null);
        }

        await AllGoneAsync();
        Assert.That(Host.Server.Broker.RoomCount, Is.EqualTo(1), "that of the others");
    }

    [Test]
    public async Task An_unmasked_frame_does_nothing_worse_than_a_masked_one()
    {
        // RFC 6455, section 5.1, wants the connection to be closed; the WebSocket of .NET takes the frame. The mask guards proxies, not servers.
        using HostileSocket socket = await HostileSocket.OpenAsync(Host.Endpoint);

        await socket.WriteAsync((WireFrame.Of("""{"type":"ping"}""") with { IsMasked = false }).ToBytes());

        Assert.That(await socket.NextAsync(), Is.EqualTo("""{"type":"pong"}""").Or.Null);
        socket.HalfClose();
        await socket.EndAsync();
    }

    [TestCase(1UL << 20)]
    [TestCase((1UL << 63) - 1)]
    public async Task A_frame_that_is_said_to_be_enormous_is_let_go_when_it_is_too_large_and_takes_no_memory_before(ulong declared)
    {
        using HostileSocket socket = await HostileSocket.OpenAsync(Host.Endpoint);
        await socket.WriteAsync((new WireFrame(new byte[1000]) with { DeclaredLength = declared }).ToBytes());
        await socket.TryWriteAsync(new byte[100_000]);

        Assert.That(await socket.EndAsync(), Is.EqualTo(new[] { "error message-too-large", "end too-large" }).Or.Empty);
    }

    [Test]
    public async Task A_frame_that_is_larger_than_allowed_is_told_of_and_ends_the_stay()
    {
        await using RawClient alice = await RawClient.EnterAsync(Host.Endpoint);
        using HostileSocket socket = await HostileSocket.OpenAsync(Host.Endpoint);
        await socket.SayAsync("""{"type":"create or join","room":"lobby","secret":"0123456789abcdefghijkl"}""");
        await alice.NextAsync("join");

        await socket.SayAsync($$"""{"type":"message","payload":"{{new string('x', 70_000)}}"}""");

        Assert.That(await socket.EndAsync(), Is.EqualTo(new[] { "error message-too-large", "end too-large" }));
        Assert.That(socket.CloseCode, Is.EqualTo(1009));
        Assert.That((string?)(await alice.NextAsync("left"))["reason"], Is.EqualTo("vanished"));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{}{}")]
    [TestCase("{\"type\":\"ping\"}\0")]
    [TestCase("\uFEFF{\"type\":\"ping\"}")]
    [TestCase("{\"type\":\"ping\",}")]
    [TestCase("{\"type\":\"ping\"/* */}")]
    [TestCase("{'type':'ping'}")]
    [TestCase("{\"type\":\"PING\"}")]
    [TestCase("{\"type\":17}")]
    [TestCase("{\"type\":\"ping\",\"type\":\"ping\"}")]
    [TestCase("{\"type\":\"ping\",\"\\u0074ype\":\"ping\"}")]
    [TestCase("{\"type\":\"create or join\",\"room\":\"\\ud800\"}")]
    [TestCase("{\"type\":\"create or join\",\"room\":{\"a\":1}}")]
    [TestCase("{\"type\":\"create or join\",\"room\":\"r\",\"secret\":\"short\"}")]
    [TestCase("{\"type\":\"resume\",\"room\":\"r\",\"self\":\"s\",\"token\":\"t\",\"received\":1e400}")]
    [TestCase("{\"type\":\"resume\",\"room\":\"r\",\"self\":\"s\",\"token\":\"t\",\"received\":9007199254740992}")]
    [TestCase("{\"type\":\"resume\",\"room\":\"r\",\"self\":\"s\",\"token\":\"t\",\"received\":-1}")]
    [TestCase("{\"type\":\"park\",\"generation\":0,\"payload\":1}")]
    [TestCase("{\"type\":\"ping\",\"iceServers\":[{\"urls\":\"\\ud800\"}],\"x\":tru}")]
    public async Task A_frame_that_is_none_is_told_of_and_the_connection_goes_on(string frame)
    {
        using HostileSocket socket = await HostileSocket.OpenAsync(Host.Endpoint);

        await socket.SayAsync(frame);
        Assert.That((string?)(await socket.NextAsync("error"))["code"], Is.EqualTo("malformed"));
        await socket.SayAsync("""{"type":"ping"}""");
        await socket.NextAsync("pong");

        socket.HalfClose();
        await socket.EndAsync();
    }

    [TestCase(64)]
    [TestCase(30_000)]
    public async Task A_payload_may_be_nested_as_deep_as_fits_into_a_frame(int depth)
    {
        await using RawClient alice = await RawClient.EnterAsync(Host.Endpoint);
        await using RawClient bob = await RawClient.EnterAsync(Host.Endpoint);
        await alice.NextAsync("join");
        string payload = new string('[', depth) + new string(']', depth);

        await bob.SayAsync(payload);

        Assert.That(await alice.NextTextAsync(), Does.EndWith($"\"payload\":{payload}}}"));
    }

    [TestCase("1e999999")]
    [TestCase("-0.0000000000000000000000000000000000000000000000000001E-9999")]
    [TestCase("\"\\ud800 \\udfff\"")]
    [TestCase("\"\\u0000\"")]
    [TestCase("{\"a\":1,\"a\":2,\"__proto__\":{}}")]
    public async Task A_strange_payload_is_passed_on_as_it_came(string payload)
    {
        await using RawClient alice = await RawClient.EnterAsync(Host.Endpoint);
        await using RawClient bob = await RawClient.EnterAsync(Host.Endpoint);
        await alice.NextAsync("join");

        await bob.SayAsync(payload);

        Assert.That(await alice.NextTextAsync(), Does.EndWith($"\"payload\":{payload}}}"));
    }

    [Test]
    public async Task Binary_frames_are_told_of_and_the_eleventh_ends_the_connection()
    {
        using HostileSocket socket = await HostileSocket.OpenAsync(Host.Endpoint);
        byte[] binary = (WireFrame.Of("""{"type":"ping"}""") with { Opcode = WireFrame.Binary }).ToBytes();

        for (int i = 0; i < 11; i++)
        {
            await socket.WriteAsync(binary);
        }

        Assert.That(await socket.EndAsync(), Is.EqualTo(Enumerable.Repeat("error malformed", 10).Append("end malformed")));
        Assert.That(socket.CloseCode, Is.EqualTo((int)WebSocketCloseStatus.PolicyViolation));
    }

    [TestCase(true, TestName = "A_connection_that_is_reset_in_mid_frame_is_gone")]
    [TestCase(false, TestName = "A_connection_that_is_half_closed_in_mid_frame_is_gone")]
    public async Task A_connection_that_ends_in_mid_frame_is_gone(bool isReset)
    {
        await using RawClient alice = await RawClient.EnterAsync(Host.Endpoint);
        using HostileSocket socket = await HostileSocket.OpenAsync(Host.Endpoint);
        await socket.SayAsync("""{"type":"create or join","room":"lobby"}""");
        await socket.NextAsync("joined");
        await alice.NextAsync("join");
        await socket.WriteAsync(WireFrame.Bytes("""{"type":"message","payload":"half of it"}""").AsMemory(0, 20));

        if (isReset)
            socket.Dispose();
        else
            socket.HalfClose();

        Assert.That((string?)(await alice.NextAsync("left"))["reason"], Is.EqualTo("vanished"));
    }

    private static TestCaseData Case(string name, int closeCode, params WireFrame[] frames) =>
        new TestCaseData(frames.SelectMany(frame => frame.ToBytes()).ToArray(), closeCode).SetArgDisplayNames(name);
}
