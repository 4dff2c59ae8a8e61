using System.Net;
using Microsoft.AspNetCore.Builder;

namespace RoomCall.AspNetCore.Tests;

/// <summary>How a connection begins: the address, and the version of the protocol.</summary>
public sealed class HandshakeTests
{
    [Test]
    public async Task Mapping_without_the_services_names_the_call_that_is_missing()
    {
        await using WebApplication application = WebApplication.CreateSlimBuilder().Build();

        InvalidOperationException? thrown = Assert.Throws<InvalidOperationException>(() => application.MapRoomCall("/room"));

        Assert.That(thrown!.Message, Does.Contain("builder.Services.AddRoomCallServer()"));
    }

    [Test]
    public async Task A_request_that_is_no_WebSocket_is_told_to_be_one()
    {
        await using RoomHost host = await RoomHost.StartAsync();

        Handshake answer = await Handshake.GetAsync(host);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UpgradeRequired));
        Assert.That(answer.Upgrade, Is.EqualTo("websocket"));
        Assert.That(answer.Text, Does.Contain("WebSocket"));
    }

    [TestCase(null, null)]
    [TestCase("roomcall.v1", "roomcall.v1")]
    [TestCase("roomcall.v9, chat, roomcall.v1", "roomcall.v1")]
    public async Task The_server_takes_its_own_version_among_those_that_are_named(string? named, string? taken)
    {
        await using RoomHost host = await RoomHost.StartAsync();

        Handshake answer = await Handshake.TryAsync(host, Versions(named));

        Assert.That((answer.Status, answer.SubProtocol), Is.EqualTo((HttpStatusCode.SwitchingProtocols, taken)));
    }

    [TestCase("roomcall.v9")]
    [TestCase("chat, superchat")]
    [TestCase("ROOMCALL.V1")]
    public async Task A_client_that_names_only_what_the_server_does_not_speak_is_refused(string named)
    {
        await using RoomHost host = await RoomHost.StartAsync();

        Handshake answer = await Handshake.TryAsync(host, Versions(named));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Text, Does.Contain("roomcall.v1"));
    }

    private static (string, string)[] Versions(string? named) => named is null ? [] : [("Sec-WebSocket-Protocol", named)];
}
