using System.Net.WebSockets;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore.Tests;

/// <summary>An application that stops.</summary>
public sealed class RestartTests
{
    [Test]
    public async Task What_was_taken_is_delivered_and_the_clients_are_told_to_come_back()
    {
        await using RoomHost host = await RoomHost.StartAsync();
        await using RawClient alice = await RawClient.EnterAsync(host.Endpoint);
        await using RawClient bob = await RawClient.EnterAsync(host.Endpoint, secret: SignalingProtocol.NewSecret());
        await alice.NextAsync("join");
        for (int number = 1; number <= 100; number++)
        {
            await bob.SayAsync($"{number}");
        }

        await bob.SendAsync("""{"type":"ping"}""");
        while (await bob.NextTextAsync() is var text && text != """{"type":"pong"}""")
        {
            Assert.That(text, Does.Contain("\"ack\""));
        }

        Task<string?> bobsEnd = bob.EndAsync();
        Task stopping = host.StopAsync();
        for (int number = 1; number <= 100; number++)
        {
            Assert.That((int)(await alice.NextAsync("message"))["payload"]!, Is.EqualTo(number));
        }

        Assert.That((await alice.EndAsync(), await bobsEnd), Is.EqualTo(("restarting", "restarting")));
        Assert.That((alice.Socket.CloseStatus, alice.Socket.CloseStatusDescription), Is.EqualTo(((WebSocketCloseStatus?)1012, "restarting")));
        await Task.WhenAll(
            alice.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None),
            bob.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None));
        await stopping;
        Assert.That(host.Server.ConnectionCount, Is.Zero);
    }
}
