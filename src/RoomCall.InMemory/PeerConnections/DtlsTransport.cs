using RoomCall.PeerConnections;

namespace RoomCall.InMemory;

/// <summary>
/// The handshake that makes sure that the peer is the one of the description: each side compares the other's certificate with
/// <c>a=fingerprint</c> (RFC 8842). Four flights, two round trips. Used under the connection's lock.
/// </summary>
internal sealed class DtlsTransport(InMemoryPeerConnection owner)
{
    private Flight? _hello;

    /// <summary>A flight shows who sent it and the fingerprint of its certificate.</summary>
    private sealed record Flight(InMemoryPeerConnection From, Fingerprint Fingerprint);

    /// <summary>Whether the handshake succeeded. It is not repeated after an ICE restart.</summary>
    public bool IsDone { get; private set; }

    /// <summary>ICE has found the peer, for the first time or again.</summary>
    public void OnPeerFound()
    {
        if (IsDone)
        {
            owner.Ice.Connected();
            owner.OnTransportUp();
        }
        else if (owner.Negotiation.IsDtlsClient)
        {
            Send(static (connection, flight) => connection.Dtls.OnClientHello((Flight)flight!));
        }

        if (_hello is { } hello) OnClientHello(hello);
    }

    private void OnClientHello(Flight hello)
    {
        _hello = hello;
        if (!owner.Ice.IsValid || owner.Ice.Peer != hello.From || owner.Negotiation.IsDtlsClient) return;
        _hello = null;
        if (Accepts(hello)) Send(static (connection, flight) => connection.Dtls.OnServerHello((Flight)flight!));
    }

    private void OnServerHello(Flight hello)
    {
        if (owner.Ice.Peer == hello.From && Accepts(hello))
            Send(static (connection, flight) => connection.Dtls.OnClientFinished((Flight)flight!));
    }

    private void OnClientFinished(Flight finished)
    {
        if (owner.Ice.Peer != finished.From) return;
        Send(static (connection, flight) => connection.Dtls.OnServerFinished((Flight)flight!));
        Done();
    }

    private void OnServerFinished(Flight finished)
    {
        if (owner.Ice.Peer == finished.From) Done();
    }

    private void Done()
    {
        if (owner.Ice.State == PeerConnectionState.Failed) return;
        IsDone = true;
        owner.Ice.Connected();
        owner.OnTransportUp();
    }

    private bool Accepts(Flight flight)
    {
        if (flight.Fingerprint == owner.Negotiation.AgreedRemote!.Fingerprint) return true;
        Send(static (connection, alert) => connection.Dtls.OnAlert((Flight)alert!));
        owner.Ice.Fail();
        return false;
    }

    private void OnAlert(Flight alert)
    {
        if (!IsDone && owner.Ice.Peer == alert.From) owner.Ice.Fail();
    }

    private void Send(Action<InMemoryPeerConnection, object?> handler) =>
        owner.SendTo(owner.Ice.Peer!, handler, new Flight(owner, owner.Negotiation.Fingerprint));
}
