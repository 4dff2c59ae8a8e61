using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>Whether something that was sent the other side has not yet acknowledged. SIPSorcery knows it and does not say it, and a connection that
/// is closed before loses what is on its way: so this is the one place that looks into it. Where a later version has other names, it says no, and a
/// test of this project fails.</summary>
internal static class UnacknowledgedData
{
    public static bool IsOn(SctpAssociation association, int? stream)
    {
        try
        {
            return Chunks(Sender(association)).Any(chunk => chunk.Value.StreamID == stream);
        }
        catch (MissingMemberException)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_dataSender")]
    private static extern ref SctpDataSender Sender(SctpAssociation association);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_unconfirmedChunks")]
    private static extern ref ConcurrentDictionary<uint, SctpDataChunk> Chunks(SctpDataSender sender);
}
