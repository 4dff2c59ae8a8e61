using System.Net.WebSockets;

namespace RawRelay;

/// <summary>Two places, each taken once.</summary>
internal sealed class Room
{
    private readonly TaskCompletionSource<WebSocket>[] _sockets = [NewPlace(), NewPlace()];
    private int _taken;
    private int _left;

    /// <summary>Takes a place; null when both were taken.</summary>
    public Seat? Take() => Interlocked.Increment(ref _taken) is var place and <= 2 ? new Seat(this, place - 1) : null;

    private static TaskCompletionSource<WebSocket> NewPlace() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One place of a room.</summary>
    internal sealed class Seat(Room room, int place)
    {
        /// <summary>The other's socket, once it is there.</summary>
        public Task<WebSocket> Other => room._sockets[1 - place].Task;

        public void Arrive(WebSocket socket) => room._sockets[place].SetResult(socket);

        /// <returns>Whether both have left.</returns>
        public bool Leave() => Interlocked.Increment(ref room._left) == 2;
    }
}
