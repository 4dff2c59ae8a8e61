using RoomCall.NetworkConformance;

namespace RoomCall.SignalR.Tests.Mixed;

/// <summary>Rooms in which one comes by WebSocket and the other by SignalR.</summary>
internal static class Mix
{
    public static Network Of(bool webSocketFirst) => webSocketFirst
        ? new MixedNetwork(new WebSocketNetwork(), new SignalRNetwork())
        : new MixedNetwork(new SignalRNetwork(), new WebSocketNetwork());
}
