using RoomCall;
using RoomCall.DataChannels;
using RoomCall.InMemory;

InMemoryWorld world = new();
ICallClient client = world.CreateClient();

await using ICallSession alice = await client.JoinAsync("lobby");
await using ICallSession bob = await client.JoinAsync("lobby");

await alice.DataChannel.SendAsync("Hello, Bob!");
DataMessage message = await bob.DataChannel.ReceiveAsync();
Console.WriteLine($"Alice says: {message.Text}");

await alice.HangUpAsync();
await bob.WhenAsync(state => state.Phase == CallPhase.Waiting);
Console.WriteLine($"Alice: {await alice.Completion}");
Console.WriteLine($"Bob is {bob.State.Phase}, initiator: {bob.State.IsInitiator}");
