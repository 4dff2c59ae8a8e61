using Moq;
using RoomCall.Conformance;
using RoomCall.Signaling;

namespace RoomCall.InMemory.Tests;

/// <summary>A signaler that throws, hangs, or tells what makes no sense (defects D6, D8, D11).</summary>
public class SignalerFaultTests : InMemoryCallTest
{
    [Test]
    public async Task A_signaler_that_throws_at_connecting_refuses_the_join_whatever_it_throws()
    {
        Mock<IRoomSignaler> signaler = new();
        signaler.Setup(way => way.ConnectAsync("room", It.IsAny<CancellationToken>())).Throws(new InvalidTimeZoneException("broken"));

        RoomCallException refusal = (await Assert.ThrowsAsync<RoomCallException>(() => JoinAsync(Client(signaler.Object))))!;

        Assert.That(refusal.EndReason, Is.EqualTo(new CallEndReason(CallEndCode.SignalingUnavailable, "broken")));
    }

    [Test]
    public async Task Events_that_end_without_a_word_end_the_session()
    {
        Mock<IRoomConnection> connection = Connection(End());

        ICallSession session = await JoinAsync(Client(connection));

        Assert.That((await session.Completion.Soon()).Code, Is.EqualTo(CallEndCode.SignalingLost));
        connection.Verify(way => way.DisposeAsync(), Times.AtLeastOnce);

        static async IAsyncEnumerable<RoomEvent> End()
        {
            yield return new RoomEvent.Created("room", "me", []);
            await Task.Yield();
        }
    }

    [Test]
    public async Task A_server_that_refuses_the_room_ends_the_join_with_its_words()
    {
        Mock<IRoomConnection> connection = Connection(Refuse());

        RoomCallException refusal = (await Assert.ThrowsAsync<RoomCallException>(() => JoinAsync(Client(connection))))!;

        Assert.That(refusal.EndReason!.Code, Is.EqualTo(CallEndCode.JoinRejected));
        Assert.That(refusal.Message, Does.Contain("not today"));

        static async IAsyncEnumerable<RoomEvent> Refuse()
        {
            yield return new RoomEvent.Error(RoomErrorCode.NotAllowed, "not today");
            await Task.Yield();
        }
    }

    [Test]
    public async Task A_connection_that_throws_at_everything_else_still_lets_the_session_end()
    {
        Mock<IRoomConnection> connection = Connection(CreatedAsync());
        connection.Setup(way => way.SendAsync(It.IsAny<ReadOnlyMemory<byte>>(), It.IsAny<string?>(), It.IsAny<CancellationToken>()))
            .Throws(new IOException("broken"));
        connection.Setup(way => way.LeaveAsync(It.IsAny<CancellationToken>())).Throws(new IOException("broken"));
        connection.Setup(way => way.DisposeAsync()).Throws(new IOException("broken"));
        ICallSession session = await JoinAsync(Client(connection));

        await session.HangUpAsync().Soon();

        AssertEnded(session, CallEndCode.HungUp);
    }

    [Test]
    public async Task A_connection_that_hangs_at_leaving_and_at_disposing_still_lets_the_session_end()
    {
        Mock<IRoomConnection> connection = Connection(CreatedAsync());
        connection.Setup(way => way.LeaveAsync(It.IsAny<CancellationToken>())).Returns(Never);
        connection.Setup(way => way.DisposeAsync()).Returns(Never);
        ICallSession session = await JoinAsync(Client(connection));

        Task hangingUp = session.HangUpAsync();

        Assert.That((await EndAfterAsync(session, TimeSpan.FromSeconds(5))).Code, Is.EqualTo(CallEndCode.HungUp));
        await hangingUp.Soon();
    }

    [Test]
    public async Task A_server_that_refuses_something_later_is_told_of_and_the_session_goes_on()
    {
        Mock<IRoomConnection> connection = Connection(CreatedAsync(new RoomEvent.Error(RoomErrorCode.TooManyMessages, "slower")));
        ICallSession session = await JoinAsync(Client(connection));

        Assert.That((await new CallLog(session).SawAsync<CallEvent.ServerError>()).Code, Is.EqualTo(RoomErrorCode.TooManyMessages));
        Assert.That(session.State.Phase, Is.EqualTo(CallPhase.Waiting));
    }

    [Test]
    public async Task D8_A_server_that_says_senseless_things_harms_nothing()
    {
        Mock<IRoomConnection> connection = Connection(CreatedAsync(
            new RoomEvent.Created("room", "another", []),
            new RoomEvent.Left("nobody", PeerLeftReason.Left, "me"),
            new RoomEvent.Message("nobody", "\"bye\""u8.ToArray()),
            new RoomEvent.Resumed(),
            new RoomEvent.Full("room")));
        ICallSession session = await JoinAsync(Client(connection));
        CallLog log = new(session);

        await log.SawAsync<CallEvent.SignalDropped>(dropped => dropped.Detail.Contains("Full", StringComparison.Ordinal));

        Assert.That((session.State.Phase, session.State.Self), Is.EqualTo((CallPhase.Waiting, "me")));
    }

    [Test]
    public async Task D8_However_many_messages_make_no_sense_the_session_hears_what_comes_after_them()
    {
        const int More = 1_000; // than a session takes in at a time
        RoomEvent[] nonsense = [.. Enumerable.Range(0, More).Select(_ => new RoomEvent.Message("nobody", "{"u8.ToArray()))];
        Mock<IRoomConnection> connection = Connection(CreatedAsync([.. nonsense, new RoomEvent.Log(["after all of it"])]));
        ICallSession session = await JoinAsync(Client(connection));

        Assert.That((await new CallLog(session).SawAsync<CallEvent.ServerLog>()).Lines, Is.EqualTo(["after all of it"]));
    }

    private static ValueTask Never => new(new TaskCompletionSource().Task);

    private static async IAsyncEnumerable<RoomEvent> CreatedAsync(params RoomEvent[] more)
    {
        yield return new RoomEvent.Created("room", "me", []);
        foreach (RoomEvent next in more)
        {
            yield return next;
        }

        await new TaskCompletionSource().Task;
    }

    private static Mock<IRoomConnection> Connection(IAsyncEnumerable<RoomEvent> events)
    {
        Mock<IRoomConnection> connection = new();
        connection.Setup(way => way.ReadAllAsync(It.IsAny<CancellationToken>()))
            .Returns((CancellationToken token) => ReadAsync(events, token));
        return connection;
    }

    // As a real connection, it ends its reading when its reader wants so.
    private static async IAsyncEnumerable<RoomEvent> ReadAsync(
        IAsyncEnumerable<RoomEvent> events,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        IAsyncEnumerator<RoomEvent> reader = events.GetAsyncEnumerator(token);
        while (await reader.MoveNextAsync().AsTask().WaitAsync(token))
        {
            yield return reader.Current;
        }
    }

    private CallClient Client(Mock<IRoomConnection> connection)
    {
        Mock<IRoomSignaler> signaler = new();
        signaler.Setup(way => way.ConnectAsync("room", It.IsAny<CancellationToken>())).Returns(new ValueTask<IRoomConnection>(connection.Object));
        return Client(signaler.Object);
    }

    private CallClient Client(IRoomSignaler signaler) => new(
        signaler,
        CreateSide().Engine,
        Options(limits => limits with { HangUp = TimeSpan.FromSeconds(5), Operation = TimeSpan.FromSeconds(10) }),
        World.Time);
}
