using Moq;
using RoomCall.DataChannels;

namespace RoomCall.Tests.Sessions;

public class DataChannelLobbyTests
{
    private static readonly CallEndReason Ended = new(CallEndCode.HungUp, "over");

    [Test]
    public async Task A_channel_that_came_before_is_given_to_who_asks_for_it()
    {
        DataChannelLobby lobby = new();
        IDataChannel file = Channel("file"), chat = Channel("chat");
        lobby.Enter(file);
        lobby.Enter(chat);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await lobby.TakeAsync("chat", CancellationToken.None), Is.SameAs(chat));
            Assert.That(await lobby.TakeAsync(null, CancellationToken.None), Is.SameAs(file));
        }
    }

    [Test]
    public async Task A_channel_goes_to_who_waits_for_its_label()
    {
        DataChannelLobby lobby = new();
        Task<IDataChannel> chat = lobby.TakeAsync("chat", CancellationToken.None);
        Task<IDataChannel> any = lobby.TakeAsync(null, CancellationToken.None);

        IDataChannel file = Channel("file");
        lobby.Enter(file);

        Assert.That(await any, Is.SameAs(file));
        Assert.That(chat.IsCompleted, Is.False);
    }

    [Test]
    public async Task Who_gives_up_waiting_takes_no_channel_away()
    {
        DataChannelLobby lobby = new();
        using CancellationTokenSource stop = new();
        Task<IDataChannel> given = lobby.TakeAsync(null, stop.Token);

        await stop.CancelAsync();
        IDataChannel channel = Channel("file");
        lobby.Enter(channel);

        Assert.That(async () => await given, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await lobby.TakeAsync(null, CancellationToken.None), Is.SameAs(channel));
    }

    [Test]
    public async Task The_latest_64_channels_wait_to_be_taken()
    {
        DataChannelLobby lobby = new();
        for (int number = 1; number <= 65; number++)
        {
            lobby.Enter(Channel($"file {number}"));
        }

        IDataChannel first = await lobby.TakeAsync(null, CancellationToken.None);
        Assert.That(first.Label, Is.EqualTo("file 2"));
    }

    [Test]
    public async Task A_channel_that_was_closed_before_it_was_taken_still_holds_what_was_sent()
    {
        DataChannelLobby lobby = new();
        IDataChannel closed = Mock.Of<IDataChannel>(channel => channel.Label == "file" && channel.State == DataChannelState.Closed);
        lobby.Enter(closed);
        lobby.Enter(Channel("chat"));

        Assert.That(await lobby.TakeAsync("file", CancellationToken.None), Is.SameAs(closed));
    }

    [Test]
    public async Task D7_a_channel_of_an_earlier_connection_is_not_given_to_who_waits_in_the_next()
    {
        DataChannelLobby lobby = new();
        lobby.Enter(Channel("file"));

        lobby.Clear();
        Task<IDataChannel> waiting = lobby.TakeAsync("file", CancellationToken.None);
        IDataChannel next = Channel("file");
        lobby.Enter(next);

        Assert.That(await waiting, Is.SameAs(next));
    }

    [Test]
    public void After_the_session_those_who_wait_and_those_who_come_get_its_end()
    {
        DataChannelLobby lobby = new();
        Task<IDataChannel> waiting = lobby.TakeAsync(null, CancellationToken.None);

        lobby.Close(Ended);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await waiting, Throws.TypeOf<RoomCallException>().With.Property("EndReason").EqualTo(Ended));
            Assert.That(async () => await lobby.TakeAsync(null, CancellationToken.None), Throws.TypeOf<RoomCallException>());
        }
    }

    private static IDataChannel Channel(string label) =>
        Mock.Of<IDataChannel>(channel => channel.Label == label && channel.State == DataChannelState.Open);
}
