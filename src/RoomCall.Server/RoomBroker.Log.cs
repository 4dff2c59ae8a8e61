using Microsoft.Extensions.Logging;
using RoomCall.Signaling;

namespace RoomCall.Server;

public sealed partial class RoomBroker
{
    /// <summary>What the broker logs, 2000 to 2099. Names of rooms and peers only at debug level.</summary>
    internal static partial class Log
    {
        [LoggerMessage(2000, LogLevel.Debug, "Peer {Peer} entered room {Room}.", EventName = "PeerEntered")]
        public static partial void PeerEntered(ILogger logger, string peer, string room);

        [LoggerMessage(2001, LogLevel.Debug, "Peer {Peer} is gone from room {Room}: {Reason}.", EventName = "PeerLeft")]
        public static partial void PeerLeft(ILogger logger, string peer, string room, PeerLeftReason reason);

        [LoggerMessage(2010, LogLevel.Debug, "Room {Room} is full; a peer was turned away.", EventName = "RoomFull")]
        public static partial void RoomFull(ILogger logger, string room);

        [LoggerMessage(2011, LogLevel.Debug, "A request was refused: {Code}.", EventName = "Refused")]
        public static partial void Refused(ILogger logger, RoomErrorCode code);

        [LoggerMessage(2020, LogLevel.Information, "A member was let go: its queue is full.", EventName = "MemberTooSlow")]
        public static partial void MemberTooSlow(ILogger logger);

        [LoggerMessage(2021, LogLevel.Error, "A transport's IRoomMember threw; its member is let go.", EventName = "MemberThrew")]
        public static partial void MemberThrew(ILogger logger, Exception exception);
    }
}
