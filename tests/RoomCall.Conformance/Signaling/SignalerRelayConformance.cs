using RoomCall.Signaling;

namespace RoomCall.Conformance;

/// <summary>Messages between members: rows S6 and S8, defects D7 and D9, points 1 to 3 of <see cref="IRoomConnection"/>.</summary>
public abstract class SignalerRelayConformance : SignalerConformance
{
    private static readonly TestCaseData<byte[]>[] Payloads =
    [
        new TestCaseData<byte[]>("{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}"u8.ToArray()).SetArgDisplayNames("an object"),
        new TestCaseData<byte[]>("{\"b\" : 1.0,\t\"a\":\"\\u00e9\"\r\n}"u8.ToArray()).SetArgDisplayNames("white space and escapes"),
        new TestCaseData<byte[]>("\"ü 漢 🎈 \u2028\""u8.ToArray()).SetArgDisplayNames("text beyond ASCII"),
        new TestCaseData<byte[]>("1.50"u8.ToArray()).SetArgDisplayNames("a number"),
        new TestCaseData<byte[]>("null"u8.ToArray()).SetArgDisplayNames("null"),
        new TestCaseData<byte[]>([(byte)'"', .. Enumerable.Range(0, 60_000).Select(i => (byte)('a' + i % 26)), (byte)'"']).SetArgDisplayNames("60,000 bytes"),
    ];

    private static readonly TestCaseData<byte[]>[] AnyBytes =
    [
        new TestCaseData<byte[]>([(byte)'"', (byte)'a', 0, (byte)'b', (byte)'"']).SetArgDisplayNames("a zero byte"),
        new TestCaseData<byte[]>("got user media, and no JSON {{{ \" \\ "u8.ToArray()).SetArgDisplayNames("no JSON"),
        new TestCaseData<byte[]>([0]).SetArgDisplayNames("one zero byte"),
        new TestCaseData<byte[]>([0xff, 0xfe, 0x00, 0xc3, 0x28, 0x80]).SetArgDisplayNames("no UTF-8"),
    ];

    [TestCaseSource(nameof(Payloads))]
    public async Task A_message_arrives_byte_for_byte_from_its_true_sender(byte[] payload)
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        await first.SendAsync(payload, second.Self);

        RoomEvent.Message message = await second.NextAsync<RoomEvent.Message>();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(message.From, Is.EqualTo(first.Self));
            Assert.That(message.Payload.ToArray(), Is.EqualTo(payload));
        }
    }

    [TestCaseSource(nameof(AnyBytes))]
    public async Task A_message_that_is_no_JSON_arrives_as_it_was_or_is_refused_where_it_is_sent(byte[] payload)
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        // A wire of JSON cannot carry it, and says so; what it never does is to change it, or to end the stay over it.
        if (Host.CarriesAnyBytes)
        {
            await first.SendAsync(payload);
            Assert.That((await second.NextAsync<RoomEvent.Message>()).Payload.ToArray(), Is.EqualTo(payload));
        }
        else
        {
            Assert.That(async () => await first.SendAsync(payload), Throws.ArgumentException);
        }

        await first.SendAsync("after");
        Assert.That(await second.NextTextAsync(), Is.EqualTo("after"));
    }

    [Test]
    public async Task A_message_for_nobody_by_name_goes_to_the_others_and_not_to_its_sender()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        await first.SendAsync("for all");
        Assert.That(await second.NextTextAsync(), Is.EqualTo("for all"));

        await second.SendAsync("answer");
        Assert.That(await first.NextTextAsync(), Is.EqualTo("answer"));
    }

    [Test]
    public async Task A_message_to_oneself_or_to_a_peer_of_another_room_is_refused_and_goes_nowhere()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync("here");
        (RoomGuest stranger, RoomGuest other) = await MeetAsync("there");

        foreach (string to in new[] { first.Self, stranger.Self, "nobody", "" })
        {
            await first.SendAsync("stray", to);
            RoomErrorCode code = (await first.NextAsync<RoomEvent.Error>()).Code;
            Assert.That(code, Is.EqualTo(RoomErrorCode.UnknownPeer).Or.EqualTo(to.Length == 0 ? RoomErrorCode.Malformed : RoomErrorCode.UnknownPeer), to);
        }

        await other.SendAsync("hello");
        await first.SendAsync("hello");
        Assert.That(await stranger.NextTextAsync(), Is.EqualTo("hello"));
        Assert.That(await second.NextTextAsync(), Is.EqualTo("hello"));
    }

    [Test]
    public async Task A_message_to_an_empty_room_reaches_nobody_who_comes_later()
    {
        RoomGuest first = await EnterAsync();
        await first.SendAsync("is anybody there?");

        // A refusal that comes back: the server has had the message before.
        await first.SendAsync("to nobody", "nobody");
        await first.NextAsync<RoomEvent.Error>();
        RoomGuest second = await EnterAsync();
        await first.NextAsync<RoomEvent.Join>();
        await first.SendAsync("welcome");

        Assert.That(await second.NextTextAsync(), Is.EqualTo("welcome"));
    }

    [Test]
    public async Task Messages_arrive_in_order_and_once()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        for (int i = 0; i < 10; i++)
        {
            Task<List<string>> received = second.NextTextsAsync(500);
            await SendNumbersAsync(first, 500, $"{i}:");
            Assert.That(await received, Is.EqualTo(Numbers(500, $"{i}:")));
        }
    }

    [Test]
    public async Task Messages_in_both_directions_at_once_arrive_in_order_and_once()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        Task<List<string>> atFirst = first.NextTextsAsync(800);
        Task<List<string>> atSecond = second.NextTextsAsync(800);
        await Task.WhenAll(
            Task.Run(() => SendNumbersAsync(first, 800, "first ")),
            Task.Run(() => SendNumbersAsync(second, 800, "second ")));

        Assert.That(await atFirst, Is.EqualTo(Numbers(800, "second ")));
        Assert.That(await atSecond, Is.EqualTo(Numbers(800, "first ")));
    }

    [Test]
    public async Task Sends_that_do_not_await_each_other_keep_the_order_of_the_calls()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        Task<List<string>> received = second.NextTextsAsync(500);
        List<Task> sends = [.. Numbers(500).Select(number => first.SendAsync(number))];

        Assert.That(await received, Is.EqualTo(Numbers(500)));
        await Task.WhenAll(sends);
    }

    [Test]
    public async Task Of_many_who_send_on_one_connection_each_keeps_its_order()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        Task<List<string>> receiving = second.NextTextsAsync(8 * 100);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => SendNumbersAsync(first, 100, $"{i}:"))));

        List<string> received = await receiving;
        for (int i = 0; i < 8; i++)
        {
            Assert.That(received.Where(text => text.StartsWith($"{i}:", StringComparison.Ordinal)), Is.EqualTo(Numbers(100, $"{i}:")));
        }
    }

    [Test]
    public async Task No_message_of_a_stay_that_has_ended_reaches_the_next_one()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();
        for (int i = 0; i < Host.Rounds / 10; i++)
        {
            // It goes on sending to whom it knows while that one leaves and another comes.
            string former = second.Self;
            Task sending = Task.Run(async () =>
            {
                for (int n = 0; n < 20; n++)
                {
                    await first.SendAsync("for the former", former);
                }
            });
            await second.LeaveAsync();
            second = await EnterAsync();
            await sending;
            await first.SendAsync("for the new", second.Self);

            Assert.That(await second.NextTextAsync(), Is.EqualTo("for the new"));
            RoomEvent next = await first.NextAsync();
            while (next is not RoomEvent.Join)
            {
                next = await first.NextAsync();
            }
        }
    }

    [Test]
    public async Task A_send_that_was_cancelled_before_sends_nothing()
    {
        (RoomGuest first, RoomGuest second) = await MeetAsync();

        Assert.That(
            async () => await first.Connection.SendAsync("\"never\""u8.ToArray(), null, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        await first.SendAsync("then this");

        Assert.That(await second.NextTextAsync(), Is.EqualTo("then this"));
    }
}
