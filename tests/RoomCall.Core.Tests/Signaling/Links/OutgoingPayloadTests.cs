namespace RoomCall.Tests.Signaling.Links;

/// <summary>What a client does not let out, because no frame could carry it.</summary>
internal sealed class OutgoingPayloadTests
{
    private static readonly byte[][] NoPayloads =
    [
        [],
        "hello"u8.ToArray(),
        "1 2"u8.ToArray(),
        "1,\"to\":\"you\""u8.ToArray(),
        "1}{"u8.ToArray(),
        [(byte)'"', 0xff, (byte)'"'],
        [0],
        [.. Enumerable.Repeat((byte)'[', 64), .. Enumerable.Repeat((byte)']', 64)],
    ];

    [TestCaseSource(nameof(NoPayloads))]
    public async Task What_is_no_JSON_value_is_refused_where_the_fault_is(byte[] payload)
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();

        Assert.That(async () => await bench.Connection.SendAsync(payload, null, CancellationToken.None), Throws.ArgumentException);
        Assert.That(async () => await bench.Connection.ParkAsync(payload, 1, CancellationToken.None), Throws.ArgumentException);
        await bench.SendAsync("\"after\"");
        Assert.That(await link.NextTextAsync(), Is.EqualTo("\"after\""));
    }

    [Test]
    public async Task A_value_of_63_levels_goes_out()
    {
        await using LinkBench bench = new();
        ScriptedLink link = await bench.EnterAsync();
        string deep = new string('[', 63) + new string(']', 63);

        await bench.SendAsync(deep);

        Assert.That(await link.NextTextAsync(), Is.EqualTo(deep));
    }
}
