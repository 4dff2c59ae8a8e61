using System.Net.WebSockets;
using RoomCall.Server;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore;

/// <summary>Carries frames to a client, each as one text message.</summary>
internal sealed class WebSocketLink(WebSocket socket) : IClientLink
{
    public ValueTask SendAsync(ReadOnlyMemory<byte> frame) =>
        socket.SendAsync(frame, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, CancellationToken.None);

    public ValueTask CloseAsync(EndCode code) =>
        new(socket.CloseOutputAsync(StatusOf(code), SignalingProtocol.TextOf(code), CancellationToken.None));

    public void Abort() => socket.Abort();

    private static WebSocketCloseStatus StatusOf(EndCode code) => code switch
    {
        EndCode.Left or EndCode.Refused => WebSocketCloseStatus.NormalClosure,
        EndCode.Restarting => (WebSocketCloseStatus)1012, // IANA: Service Restart
        EndCode.TooLarge => WebSocketCloseStatus.MessageTooBig,
        EndCode.Failed => WebSocketCloseStatus.InternalServerError,
        _ => WebSocketCloseStatus.PolicyViolation,
    };
}
