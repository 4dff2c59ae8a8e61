using System.Net;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace RoomCall.SignalR;

/// <summary>Why there is no connection, and what to do.</summary>
internal static class ConnectFailure
{
    public static RoomCallException Of(Exception cause) =>
        Unavailable($"The connection to the hub could not be started: {Innermost(cause)} {Advice((cause as HttpRequestException)?.StatusCode)}", cause);

    public static RoomCallException OfTimeout(HubConnectionState state, TimeSpan limit, Exception cause) => Unavailable(
        $"The connection to the hub did not get connected within {limit.TotalSeconds:0.###} s, and is {state} now: check the address and the network, or raise {nameof(SignalRSignalerOptions.ConnectTimeout)}.",
        cause);

    public static RoomCallException OfNotStarted() => Unavailable(
        $"The connection to the hub is not started: call its StartAsync, or set {nameof(SignalRSignalerOptions.StartConnection)} to true.",
        null);

    public static RoomCallException OfRefusal(HubException cause) => Unavailable(
        $"The hub does not let this client in: {Innermost(cause)} Check that it was mapped with MapRoomCallHub, and what its filters and its authorization ask for.",
        cause);

    private static string Advice(HttpStatusCode? status) => status switch
    {
        HttpStatusCode.Unauthorized => "Give the connection a valid token: AccessTokenProvider in WithUrl.",
        HttpStatusCode.Forbidden => "The user may not use this hub: see its authorization and the server's allowed origins.",
        HttpStatusCode.NotFound => "Check the path against the one that MapRoomCallHub was given.",
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => "The server is too busy: try again later.",
        _ => "Check the address against the one that MapRoomCallHub was given, the network, and the access token.",
    };

    private static RoomCallException Unavailable(string message, Exception? cause) =>
        new(RoomCallErrorCode.SignalingUnavailable, message, cause);

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception.Message.EndsWith('.') ? exception.Message : $"{exception.Message}.";
    }
}
