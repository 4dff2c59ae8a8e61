using Microsoft.Extensions.Logging;
using RoomCall.Server.Diagnostics;
using RoomCall.Server.Limits;
using RoomCall.Signaling;

namespace RoomCall.Server.Rooms;

/// <summary>What all rooms of one broker share.</summary>
internal sealed record RoomContext(
    RoomBrokerOptions Options,
    RoomDirectory Directory,
    Refusals Refusals,
    TimeProvider Time,
    ILogger Logger,
    BrokerMetrics Metrics)
{
    /// <summary>Counts a refusal and logs it.</summary>
    public void ReportRefusal(RoomErrorCode code)
    {
        Metrics.Rejected(code);
        RoomBroker.Log.Refused(Logger, code);
    }

    /// <summary>Tells a member that it was let go, whatever it does about it. Never under a room's lock.</summary>
    /// <param name="member">The member.</param>
    /// <param name="reason">Why it was let go.</param>
    /// <param name="thrown">What it threw, if that is why.</param>
    public void Close(IRoomMember member, PeerLeftReason reason, Exception? thrown)
    {
        if (thrown is null)
            RoomBroker.Log.MemberTooSlow(Logger);
        else
            RoomBroker.Log.MemberThrew(Logger, thrown);

        try
        {
            member.Close(reason);
        }
        catch (Exception exception)
        {
            RoomBroker.Log.MemberThrew(Logger, exception);
        }
    }
}
