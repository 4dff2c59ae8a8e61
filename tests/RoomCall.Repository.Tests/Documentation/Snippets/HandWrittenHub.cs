using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace RoomCall.Repository.Documentation.Snippets;

/// <summary>What docs/signalr.md begins with: the hub that everybody writes. It has the faults that the page lists, on purpose.</summary>
public static class HandWrittenHub
{
    #region signalr-hub-before
    public sealed class SignalingHub : Hub
    {
        private static readonly ConcurrentDictionary<string, int> Rooms = new();

        public async Task Join(string room)
        {
            int members = Rooms.AddOrUpdate(room, 1, (_, count) => count + 1);
            if (members > 2)
            {
                await Clients.Caller.SendAsync("full");
                return;
            }

            Context.Items["room"] = room;
            await Groups.AddToGroupAsync(Context.ConnectionId, room);
            await Clients.Caller.SendAsync(members == 1 ? "created" : "joined");
            await Clients.OthersInGroup(room).SendAsync("join");
        }

        public Task Send(string message) =>
            Clients.OthersInGroup((string)Context.Items["room"]!).SendAsync("message", message);

        public override async Task OnDisconnectedAsync(Exception? exception)
        {
            if (Context.Items["room"] is string room)
            {
                Rooms.AddOrUpdate(room, 0, (_, count) => count - 1);
                await Clients.OthersInGroup(room).SendAsync("bye");
            }
        }
    }
    #endregion

    public static void Map(WebApplication app)
    {
        app.MapHub<SignalingHub>("/hub");
    }

    public static async Task JoinAsync(HubConnection connection, IOldPeer peer)
    {
        #region signalr-client-before
        bool isInitiator = false;
        connection.On("created", () => { isInitiator = true; });
        connection.On("joined", () => peer.OpenMediaAsync());
        connection.On("join", () => isInitiator ? peer.StartAsync() : Task.CompletedTask);
        connection.On<string>("message", message => peer.TakeAsync(message));
        connection.On("bye", () => peer.CloseAsync());
        connection.On("full", () => peer.GiveUpAsync());
        await connection.StartAsync();
        await connection.InvokeAsync("Join", "lobby");
        #endregion
    }

    public interface IOldPeer
    {
        Task OpenMediaAsync();

        Task StartAsync();

        Task TakeAsync(string message);

        Task CloseAsync();

        Task GiveUpAsync();
    }
}
