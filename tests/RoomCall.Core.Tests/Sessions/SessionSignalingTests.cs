using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using RoomCall.Signaling;

namespace RoomCall.Tests.Sessions;

public class SessionSignalingTests
{
    [Test]
    public async Task D11_a_message_that_the_connection_does_not_take_is_not_lost_silently()
    {
        Mock<IRoomConnection> connection = new();
        connection.Setup(room => room.ReadAllAsync(It.IsAny<CancellationToken>())).Returns((CancellationToken token) => CreatedAsync(token));
        connection.Setup(room => room.SendAsync(It.IsAny<ReadOnlyMemory<byte>>(), "b", It.IsAny<CancellationToken>()))
            .Returns(() => ValueTask.FromException(new IOException("The cable is cut.")));
        Channel<CallInput> inputs = Channel.CreateUnbounded<CallInput>();
        await using SessionSignaling signaling = Joining(connection.Object, inputs);
        Assert.That(await inputs.Reader.ReadAsync().Soon(), Is.TypeOf<CallInput.Room>());

        signaling.Send("b", new PeerMessage.Offer("v=0", 1));

        CallInput input = await inputs.Reader.ReadAsync().Soon();
        Assert.That(input, Is.TypeOf<CallInput.SignalingEnded>().With.Property("Detail").Contains("Offer").And.Property("Detail").Contains("The cable is cut."));
    }

    [Test]
    public async Task A_message_that_breaks_a_rule_of_the_protocol_is_told_by_name()
    {
        Mock<IRoomConnection> connection = new();
        connection.Setup(room => room.ReadAllAsync(It.IsAny<CancellationToken>())).Returns((CancellationToken token) => CreatedAsync(token));
        Channel<CallInput> inputs = Channel.CreateUnbounded<CallInput>();
        await using SessionSignaling signaling = Joining(connection.Object, inputs);
        Assert.That(await inputs.Reader.ReadAsync().Soon(), Is.TypeOf<CallInput.Room>());

        signaling.Send("b", new PeerMessage.Offer("", 1));

        Assert.That(await inputs.Reader.ReadAsync().Soon(), Is.TypeOf<CallInput.MessageNotSendable>());
    }

    private static SessionSignaling Joining(IRoomConnection connection, Channel<CallInput> inputs)
    {
        Mock<IRoomSignaler> signaler = new();
        signaler.Setup(server => server.ConnectAsync("room", It.IsAny<CancellationToken>())).Returns(() => ValueTask.FromResult(connection));
        SessionSignaling signaling = new(signaler.Object, "room", input => inputs.Writer.TryWrite(input), NullLogger.Instance);
        signaling.Join();
        return signaling;
    }

    private static async IAsyncEnumerable<RoomEvent> CreatedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new RoomEvent.Created("room", "a", []);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }
}
