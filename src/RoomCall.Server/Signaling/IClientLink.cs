using RoomCall.Signaling.Protocol;

namespace RoomCall.Server;

/// <summary>One connection of a client, as a transport brings it: carries frames to the client. The other direction is
/// <see cref="SignalingConnection"/>.</summary>
/// <remarks>
/// The contract for those who write a transport:
/// <list type="number">
/// <item><see cref="SendAsync"/> is called one at a time, and <see cref="CloseAsync"/> last and once. Where the client can take the frame at
/// once it ends at once; where it cannot, it ends when it can: that is what bounds the memory of a slow client.</item>
/// <item>What <see cref="SendAsync"/> or <see cref="CloseAsync"/> throws means that the connection is lost.</item>
/// <item><see cref="Abort"/> may come at any moment and on any thread, makes both of them end soon, and does not block.</item>
/// <item>None of them calls <see cref="SignalingConnection.ReceiveAsync"/> on the thread that called it.</item>
/// <item>After each way of ending the transport says <see cref="SignalingConnection.Closed"/>, once.</item>
/// </list>
/// </remarks>
public interface IClientLink
{
    /// <summary>Sends one frame.</summary>
    /// <param name="frame">One JSON object in UTF-8; read until the task ends, and not after.</param>
    /// <returns>A task that ends when the frame was taken.</returns>
    ValueTask SendAsync(ReadOnlyMemory<byte> frame);

    /// <summary>Closes the connection after what was sent.</summary>
    /// <param name="code">Why.</param>
    /// <returns>A task that ends when the client was told.</returns>
    ValueTask CloseAsync(EndCode code);

    /// <summary>Ends the connection at once.</summary>
    void Abort();
}
