using System.Net.Sockets;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>Closes SIPSorcery's connection, wherever it stands.</summary>
internal static class PeerClosing
{
    public static void Close(RTCPeerConnection peer)
    {
        RtpIceChannel? channel = peer.GetRtpChannel();
        try
        {
            peer.close();
        }
        catch (Exception)
        {
            // Before the transport is up it fails half-way, over the SCTP that is not there: the socket is closed here then.
            channel?.Close();
            channel?.Close("closed");
        }

        // It leaves open those to TURN servers over TLS.
        foreach (Socket socket in channel?.RtpTcpSocketByUri?.Values.ToArray() ?? [])
            socket.Dispose();
    }
}
