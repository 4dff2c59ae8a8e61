using Moq;
using RoomCall.DataChannels;

namespace RoomCall.Tests.Sessions;

public class DataChannelLobbyTests
{
    private static readonly RoomCallException Ended = new(new CallEndReason(CallEndCode.HungUp, "over"));

    [Test]
    public async Task A_channel_that_came_before_is_given_to_who_asks_for_it()
    {
        DataChannelLobby lobby = new();
        IDataChannel file = Channel("file"), chat = Channel("chat");
        lobby.TryEnter(file);
        lobby.TryEnter(chat);

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
        lobby.TryEnter(file);

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
        lobby.TryEnter(channel);

        Assert.That(async () => await given, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await lobby.TakeAsync(null, CancellationToken.None), Is.SameAs(channel));
    }

    [Test]
    public void The_65th_channel_that_waits_is_turned_away()
    {
        DataChannelLobby lobby = new();
        bool[] entered = [.. Enumerable.Range(0, 65).Select(_ => lobby.TryEnter(Channel("file")))];

        Assert.That(entered, Is.EqualTo(Enumerable.Repeat(true, 64).Append(false)));
    }

    [Test]
    public void After_the_session_those_who_wait_and_those_who_come_get_its_end()
    {
        DataChannelLobby lobby = new();
        Task<IDataChannel> waiting = lobby.TakeAsync(null, CancellationToken.None);

        lobby.Close(Ended);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await waiting, Throws.TypeOf<RoomCallException>().With.Property("EndReason").EqualTo(Ended.EndReason));
            Assert.That(async () => await lobby.TakeAsync(null, CancellationToken.None), Throws.TypeOf<RoomCallException>());
            Assert.That(lobby.TryEnter(Channel("file")), Is.False);
        }
    }

    private static IDataChannel Channel(string label) =>
        Mock.Of<IDataChannel>(channel => channel.Label == label && channel.State == DataChannelState.Open);
}
