using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>Closes SIPSorcery's connection, wherever it stands.</summary>
internal static class PeerClosing
{
    public static void Close(RTCPeerConnection peer)
    {
        try
        {
            peer.close();
        }
        catch (Exception)
        {
            // Before the transport is up it fails half-way, over the SCTP that is not there: the socket is closed here then.
            peer.GetRtpChannel()?.Close();
            peer.GetRtpChannel()?.Close("closed");
        }
    }
}
