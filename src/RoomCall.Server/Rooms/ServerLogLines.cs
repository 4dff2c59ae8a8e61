using System.Globalization;
using RoomCall.Signaling;

namespace RoomCall.Server.Rooms;

/// <summary>The log lines that the book's server sends to the one who asks for a room (book row S5).</summary>
internal static class ServerLogLines
{
    /// <summary>The lines for a request to enter a room, as the room is before it. Only one who gets in is told how many are inside;
    /// no line names another peer.</summary>
    public static RoomEvent.Log ForRequest(RoomState before)
    {
        string request = $"Request to create or join room {before.Room}";
        if (before.IsFull)
            return new RoomEvent.Log([request]);

        string count = before.Members.Length.ToString(CultureInfo.InvariantCulture);
        return new RoomEvent.Log([$"Room {before.Room} has {count} client(s)", request]);
    }
}
