using Microsoft.AspNetCore.SignalR;

namespace HandWrittenHub;

/// <summary>Two places a room, each room a group, and messages to the others of the group. It limits nothing, keeps nothing for one whose
/// connection is lost, and does not look whether a sender is in the room.</summary>
internal sealed class RoomHub : Hub
{
    private const int Places = 2;

    private static readonly Dictionary<string, int> Members = [];

    public async Task Join(string room)
    {
        int members = Enter(room);
        if (members > Places)
        {
            await Clients.Caller.SendAsync("full", room);
            return;
        }

        Context.Items["room"] = room;
        await Groups.AddToGroupAsync(Context.ConnectionId, room);
        if (members == 1)
        {
            await Clients.Caller.SendAsync("created", room);
        }
        else
        {
            await Clients.OthersInGroup(room).SendAsync("join", room);
            await Clients.Caller.SendAsync("joined", room);
        }
    }

    public Task Send(string room, string message) => Clients.OthersInGroup(room).SendAsync("message", message);

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items["room"] is not string room) return;
        Leave(room);
        await Clients.OthersInGroup(room).SendAsync("left", room);
    }

    /// <returns>How many there are now; where that is more than there are places, nobody has entered.</returns>
    private static int Enter(string room)
    {
        lock (Members)
        {
            int members = Members.GetValueOrDefault(room) + 1;
            if (members <= Places) Members[room] = members;
            return members;
        }
    }

    private static void Leave(string room)
    {
        lock (Members)
        {
            if (--Members[room] == 0) Members.Remove(room);
        }
    }
}
