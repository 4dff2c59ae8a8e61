using System.Text;
using RoomCall.Signaling;
using RoomCall.Signaling.Links;

namespace RoomCall.Tests.Signaling.Links;

internal sealed class ResumingProperties
{
    private const int Cases = 1_000;

    [Test]
    public void Whatever_is_cut_all_arrives_in_order_and_once() =>
        Properties.Hold(Cases, CutCase.Any, CutCase.Smaller, async one =>
        {
            ModelServer server = new(one.Cuts, one.ServerForgetsToAck, one.TakesFirst);
            ResumingSignaler signaler = new(server, new() { Reconnect = new AtOnce(), SendBufferMessages = 64, ReceiveBufferEvents = 7 });
            await using IRoomConnection connection = await signaler.ConnectAsync("room", CancellationToken.None).Soon();
            Task<List<RoomEvent>> reading = ReadAsync(connection);

            Task sending = Task.Run(async () =>
            {
                for (int i = 0; i < one.FromClient; i++)
                {
                    await connection.SendAsync(Encoding.UTF8.GetBytes($"{i}"), null, CancellationToken.None);
                }
            });
            await server.Entered.Soon();
            for (int i = 0; i < one.FromServer; i++)
            {
                server.Post(new RoomEvent.Message("you", Encoding.UTF8.GetBytes($"{i}")));
                await Task.Yield();
            }

            await sending.Soon();
            await connection.LeaveAsync(CancellationToken.None).Soon();
            List<RoomEvent> events = await reading.Soon();

            if (server.Fault is { } fault)
                throw new AssertionException($"The client broke the protocol: {fault.Message}");
            Require(server.Received, Enumerable.Range(0, one.FromClient), "the server");
            string[] heard = [.. events.OfType<RoomEvent.Message>().Select(message => Encoding.UTF8.GetString(message.Payload.Span))];

            // What the server said after the bye needs not be heard.
            Require(heard, Enumerable.Range(0, heard.Length), "the client");
            if (events.Count(roomEvent => roomEvent is RoomEvent.Log or RoomEvent.Created) != 2)
                throw new AssertionException("The log and the answer are told once.");
            RoomEvent[] losses = [.. events.Where(roomEvent => roomEvent is RoomEvent.Interrupted or RoomEvent.Resumed)];
            if (losses.Where((loss, i) => loss is RoomEvent.Interrupted != (i % 2 == 0)).Any())
                throw new AssertionException("A loss is told once, and then its end.");
        });

    private static async Task<List<RoomEvent>> ReadAsync(IRoomConnection connection)
    {
        List<RoomEvent> events = [];
        await foreach (RoomEvent roomEvent in connection.ReadAllAsync(CancellationToken.None))
        {
            events.Add(roomEvent);
        }

        return events;
    }

    private static void Require(string[] heard, IEnumerable<int> said, string who)
    {
        if (!heard.SequenceEqual(said.Select(number => $"{number}")))
            throw new AssertionException($"At {who} arrived: {string.Join(' ', heard)}");
    }

    private sealed class AtOnce : IReconnectPolicy
    {
        public TimeSpan? NextDelay(ReconnectAttempt attempt) => TimeSpan.Zero;
    }
}
