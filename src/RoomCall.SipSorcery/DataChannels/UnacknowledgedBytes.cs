using System.Runtime.CompilerServices;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>How much of what was sent the other side has not yet acknowledged. SIPSorcery knows it and does not say it, and a connection that is
/// closed before loses what is on its way: so this is the one place that looks into it. Where a later version has other names, it says zero
/// once nothing waits to be sent, and a test of this project fails.</summary>
internal static class UnacknowledgedBytes
{
    public static long Of(SctpAssociation association)
    {
        try
        {
            return OutstandingBytes(Sender(association));
        }
        catch (MissingMemberException)
        {
            return (long)association.SendBufferedAmount;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_dataSender")]
    private static extern ref SctpDataSender Sender(SctpAssociation association);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get__outstandingBytes")]
    private static extern uint OutstandingBytes(SctpDataSender sender);
}
