using RoomCall.DataChannels;
using RoomCall.Tests.DataChannels;

namespace RoomCall.Tests.Sessions;

/// <summary>Which channel it is that the other side has said to have closed, and what is posted when one is closed here.</summary>
[TestFixture]
internal sealed class SessionChannelsTests
{
    private const int Connection = 3;

    private readonly List<CallInput> _posted = [];
    private SessionChannels _channels = null!;

    [SetUp]
    public void Make()
    {
        _posted.Clear();
        _channels = new(new CallOptions(), _posted.Add, new RecordingLogger());
    }

    [Test]
    public async Task Closing_a_channel_is_posted_with_its_connection_its_id_and_its_count()
    {
        IDataChannel own = AttachOwn();
        IDataChannel further = Add(4);
        await further.SendAsync("one").Soon();

        await own.CloseAsync().Soon();
        await further.CloseAsync().Soon();

        Assert.That(_posted.OfType<CallInput.ChannelClosed>(), Is.EqualTo(new[]
        {
            new CallInput.ChannelClosed(Connection, 2, 0, IsAnswer: false), new CallInput.ChannelClosed(Connection, 4, 1, IsAnswer: false),
        }));
    }

    [Test]
    public void Of_several_channels_the_one_with_the_id_is_closed()
    {
        IDataChannel[] all = [AttachOwn(), Add(4), Add(6)];

        _channels.CloseAfter(Connection, 4, 0);
        Assert.That(all.Select(channel => channel.State), Is.EqualTo(new[] { DataChannelState.Open, DataChannelState.Closed, DataChannelState.Open }));

        _channels.CloseAfter(Connection, 2, 0);
        Assert.That(all.Select(channel => channel.State), Is.EqualTo(new[] { DataChannelState.Closed, DataChannelState.Closed, DataChannelState.Open }));
    }

    [Test]
    public void A_channel_of_another_connection_stays_open()
    {
        IDataChannel[] all = [AttachOwn(), Add(4)];

        _channels.CloseAfter(Connection + 1, 2, 0);
        _channels.CloseAfter(Connection + 1, 4, 0);
        _channels.CloseAfter(Connection, 65_534, 0);

        Assert.That(all.Select(channel => channel.State), Is.All.EqualTo(DataChannelState.Open));
    }

    [Test]
    public async Task A_channel_that_comes_after_the_word_of_its_closing_is_closed_when_its_messages_have_come()
    {
        FakeTransport transport = new() { Id = 4, Label = "files", State = DataChannelState.Open };
        _channels.CloseAfter(Connection, 4, 1);

        IDataChannel further = _channels.Accept(Connection, transport)!;
        Assert.That(further.State, Is.EqualTo(DataChannelState.Open));
        await transport.Receive("one").Soon();

        Assert.That(further.State, Is.EqualTo(DataChannelState.Closed));
    }

    [Test]
    public void The_calls_own_channel_that_comes_after_the_word_of_its_closing_is_closed()
    {
        _channels.CloseAfter(Connection, 2, 0);

        Assert.That(AttachOwn().State, Is.EqualTo(DataChannelState.Closed));
    }

    [Test]
    public void The_word_of_an_earlier_connection_does_not_close_a_channel_of_the_next()
    {
        _channels.CloseAfter(Connection - 1, 2, 0);
        _channels.CloseAfter(Connection - 1, 4, 0);

        Assert.That(new[] { AttachOwn().State, Add(4).State }, Is.All.EqualTo(DataChannelState.Open));
    }

    [Test]
    public async Task Of_two_channels_that_had_one_id_the_open_one_is_closed()
    {
        IDataChannel first = Add(4);
        await first.CloseAsync().Soon();
        IDataChannel second = Add(4);

        _channels.CloseAfter(Connection, 4, 0);

        Assert.That(second.State, Is.EqualTo(DataChannelState.Closed));
    }

    [Test]
    public void Channels_that_end_with_their_connection_are_not_told()
    {
        AttachOwn();
        Add(4);

        _channels.AbortFurther(fault: null);
        _channels.Renew(fault: null, keepUnopened: true);

        Assert.That(_posted.OfType<CallInput.ChannelClosed>(), Is.Empty);
    }

    private IDataChannel AttachOwn()
    {
        IDataChannel own = _channels.Own;
        _channels.AttachOwn(Connection, new FakeTransport { State = DataChannelState.Open });
        return own;
    }

    private CallDataChannel Add(int id) =>
        _channels.Add(Connection, new FakeTransport { Id = id, Label = "files", State = DataChannelState.Open });
}
