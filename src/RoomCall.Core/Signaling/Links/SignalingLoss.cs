using RoomCall.Signaling.Protocol;

namespace RoomCall.Signaling.Links;

/// <summary>The exceptions that a stay ends with: what happened, and what to do.</summary>
internal static class SignalingLoss
{
    /// <summary>What a connection that has ended answers to those who send.</summary>
    /// <param name="cause">Why it has, if it was not this side's wish.</param>
    public static RoomCallException HasEnded(Exception? cause = null) => Lost(
        cause is null
            ? "This connection has ended, and nothing more can be sent on it: join again."
            : $"This connection has ended, and nothing more can be sent on it. {cause.Message}",
        cause);

    public static RoomCallException Lost(string message, Exception? cause = null) => new(RoomCallErrorCode.SignalingLost, message, cause);

    public static RoomCallException Malformed(string what) => new(
        RoomCallErrorCode.Malformed,
        $"The signaling server does not follow the protocol: {what} Check that the address is that of a RoomCall server of this version.");

    public static RoomCallException Closed(LinkClosure? closure) => Lost(closure is null
        ? "The connection to the signaling server ended without a word."
        : $"The signaling server closed the connection ({closure}).");

    public static RoomCallException NoAnswer(TimeSpan limit) =>
        Lost($"The signaling server did not answer within {limit.TotalSeconds:0.###} s.");

    public static RoomCallException GaveUp(int attempts, TimeSpan elapsed, Exception error) => Lost(
        $"The connection to the signaling server was lost and could not be repaired ({attempts} attempts in {elapsed.TotalSeconds:0.0} s): join again when the server can be reached. {error.Message}",
        error);

    public static RoomCallException Refused(RoomEvent.Error error) =>
        Lost($"The signaling server did not let this client go on ({error.Code}): {error.Detail} Join again.");

    public static RoomCallException Ended(EndCode code, string? detail) => Lost(Join(
        code switch
        {
            EndCode.Left => "The signaling server says that this client has left, which it has not: join again.",
            EndCode.Refused => "The signaling server did not let this client in.",
            EndCode.Restarting => "The signaling server is being restarted.",
            EndCode.Replaced => "A newer connection has taken this client's seat.",
            EndCode.TooSlow => "The signaling server let this client go, which took its events too slowly: read them faster, and join again.",
            EndCode.TooManyMessages => "The signaling server let this client go, which sent too much at once: send less, and join again.",
            EndCode.Malformed => "The signaling server let this client go, whose frames it could not read: check that both speak the same version.",
            EndCode.TooLarge => "The signaling server let this client go, which sent a message larger than the server takes: send smaller ones, or raise the server's limit.",
            EndCode.TimedOut => "The signaling server waited too long for this client to ask for a room: join again.",
            EndCode.Failed => "The signaling server failed.",
            _ => "The signaling server ended the connection for a reason that this version does not know.",
        },
        detail));

    private static string Join(string sentence, string? detail) => string.IsNullOrWhiteSpace(detail) ? sentence : $"{sentence} The server says: {detail}";
}
