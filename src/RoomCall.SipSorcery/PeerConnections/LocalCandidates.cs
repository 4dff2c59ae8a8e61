using RoomCall.PeerConnections;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>Tells the local candidates of a connection, each once, and then that there are no more. SIPSorcery gathers from the beginning, and
/// hands what it has to whoever listens first: so this listens when the local description is applied.</summary>
internal sealed class LocalCandidates(RTCPeerConnection peer, EventLine line, IPeerConnectionObserver observer)
{
    private readonly HashSet<string> _told = []; // used on the line only
    private string _mid = "0";
    private bool _hasBegun;
    private bool _isComplete;

    /// <summary>The local description is applied; later ones change nothing, since ICE is not restarted.</summary>
    /// <param name="mid">The identification of its first m-line.</param>
    public void Begin(string mid)
    {
        if (_hasBegun)
            return;

        _hasBegun = true;
        _mid = mid;
        peer.onicecandidate += OnCandidate;
        peer.onicegatheringstatechange += OnGathering;
        OnGathering(peer.iceGatheringState);
    }

    public void End()
    {
        peer.onicecandidate -= OnCandidate;
        peer.onicegatheringstatechange -= OnGathering;
    }

    private void OnCandidate(RTCIceCandidate candidate)
    {
        IceCandidate told = CandidateText.Of(candidate, _mid);
        line.Tell(() =>
        {
            if (!_isComplete && _told.Add(told.Candidate))
                observer.OnIceCandidate(told);
        });
    }

    private void OnGathering(RTCIceGatheringState state)
    {
        if (state != RTCIceGatheringState.complete)
            return;

        line.Tell(() =>
        {
            if (_isComplete)
                return;

            _isComplete = true;
            observer.OnIceGatheringComplete();
        });
    }
}
