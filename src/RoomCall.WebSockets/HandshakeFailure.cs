using System.Net;
using System.Net.WebSockets;
using RoomCall.Signaling.Protocol;

namespace RoomCall.WebSockets;

/// <summary>Why a connection was not made, and what to do.</summary>
internal static class HandshakeFailure
{
    public static RoomCallException Of(Uri endpoint, HttpStatusCode status, Exception cause) => Unavailable(
        (int)status switch
        {
            0 when cause is WebSocketException or HttpRequestException =>
                $"The signaling server at {Shown(endpoint)} cannot be reached: {Innermost(cause)} Check the address and the network.",
            0 => $"No connection to the signaling server at {Shown(endpoint)} could be made: {Innermost(cause)}",
            400 => $"The signaling server at {Shown(endpoint)} refused the handshake (400): check that it speaks the sub-protocol {SignalingProtocol.SubProtocol} and lets this client through.",
            401 => $"The signaling server at {Shown(endpoint)} does not know this user (401): set {nameof(WebSocketSignalerOptions.AccessTokenProvider)} to one that gives a valid token.",
            403 => $"The signaling server at {Shown(endpoint)} does not let this user or this origin in (403): see its authorization and its allowed origins.",
            404 => $"There is no signaling server at {Shown(endpoint)} (404): check the path against the one that MapRoomCall was given.",
            429 or 503 => $"The signaling server at {Shown(endpoint)} is too busy ({(int)status}): try again later.",
            _ => $"The signaling server at {Shown(endpoint)} answered with {(int)status} and not with a WebSocket: check the address, and what stands between.",
        },
        cause);

    public static RoomCallException OfSubProtocol(Uri endpoint) => Unavailable(
        $"What answers at {Shown(endpoint)} does not speak the sub-protocol {SignalingProtocol.SubProtocol}: check that it is a RoomCall server of this version.",
        null);

    public static RoomCallException OfTimeout(Uri endpoint, TimeSpan limit, Exception cause) => Unavailable(
        $"The signaling server at {Shown(endpoint)} did not answer within {limit.TotalSeconds:0.###} s: check the address and the network, or raise {nameof(WebSocketSignalerOptions.ConnectTimeout)}.",
        cause);

    private static RoomCallException Unavailable(string message, Exception? cause) =>
        new(RoomCallErrorCode.SignalingUnavailable, message, cause);

    // Without user and query, which may hold secrets.
    private static string Shown(Uri endpoint) => endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception.Message.EndsWith('.') ? exception.Message : $"{exception.Message}.";
    }
}
