using RoomCall.PeerConnections;

namespace RoomCall.InMemory;

/// <summary>
/// Finds the peer by its candidates and watches whether it is still there (RFC 8445, RFC 7675). Used under the connection's lock.
/// </summary>
/// <remarks>A check names the credentials of both sides, as a STUN binding request does. Who gets one learns where its sender is, so one
/// candidate of one side is enough; with none that leads to the other, nothing ever connects.</remarks>
internal sealed class IceTransport
{
    private const int MaxRemoteAddresses = 64;

    private readonly InMemoryPeerConnection _owner;
    private readonly Deadline _deadline;
    private readonly List<NetworkAddress> _remoteAddresses = new(2);
    private IceCredentials? _gathered;
    private IceCredentials? _local;
    private IceCredentials? _remote;
    private IceCredentials? _remoteOfAddresses;
    private Check? _lastCheck;
    private InMemoryPeerConnection? _asked;
    private bool _isValid;

    public IceTransport(InMemoryPeerConnection owner)
    {
        _owner = owner;
        _deadline = new(owner.Network.Time, owner);
    }

    /// <summary>A binding request: it carries the credentials of both sides and comes back in the response.</summary>
    private sealed record Check(InMemoryPeerConnection From, string FromUfrag, IceCredentials To, long SentAt);

    /// <summary>The answer to a check.</summary>
    private sealed record Response(InMemoryPeerConnection From, Check Check);

    public PeerConnectionState State { get; private set; }

    /// <summary>Where this side is reached.</summary>
    public NetworkAddress[] Addresses { get; private set; } = [];

    /// <summary>The other side, once a check to it was answered.</summary>
    public InMemoryPeerConnection? Peer { get; private set; }

    public TimeSpan? RoundTripTime { get; private set; }

    /// <summary>Whether a check with the credentials in use was answered.</summary>
    public bool IsValid => _isValid;

    /// <summary>Gathers candidates for a local description, and tells them.</summary>
    public void Gather(IceCredentials local)
    {
        if (_gathered == local) return;
        _gathered = local;
        bool isRelay = _owner.Configuration.IceTransportPolicy == IceTransportPolicy.Relay;
        if (Addresses.Length == 0 && (!isRelay || HasTurnServer()))
        {
            Addresses = new NetworkAddress[_owner.Factory.Options.CandidateCount];
            for (int i = 0; i < Addresses.Length; i++) Addresses[i] = _owner.Network.Bind(_owner, i);
        }

        // All sections are bundled: the candidates are of the first that is in use (RFC 8843).
        IReadOnlyList<SdpSection> sections = _owner.Negotiation.Local!.Sections;
        int section = 0;
        while (sections[section].IsRejected) section++;
        for (int i = 0; i < Addresses.Length; i++)
        {
            string line = CandidateLine.Write(Addresses[i], i, isRelay, local.UsernameFragment);
            _owner.Notify(
                static (observer, candidate) => observer.OnIceCandidate((IceCandidate)candidate!),
                new IceCandidate(line, sections[section].Mid, section, local.UsernameFragment));
        }

        _owner.Notify(static (observer, _) => observer.OnIceGatheringComplete());
    }

    /// <summary>A remote description was applied: candidates of another generation lead nowhere any more.</summary>
    public void OnRemoteDescription(IceCredentials remote)
    {
        if (_remoteOfAddresses == remote) return;
        _remoteOfAddresses = remote;
        _remoteAddresses.Clear();
    }

    /// <summary>Takes a candidate of the remote description.</summary>
    public void AddRemote(NetworkAddress address)
    {
        if (_remoteAddresses.Contains(address) || _remoteAddresses.Count == MaxRemoteAddresses) return;
        _remoteAddresses.Add(address);
        if (IsChecking && _remote == _remoteOfAddresses) Ask(_owner.Network.Find(address));
    }

    /// <summary>Both sides' credentials are agreed: checks begin, unless they are those in use.</summary>
    public void Begin(IceCredentials local, IceCredentials remote)
    {
        if (_local == local && _remote == remote) return;
        (_local, _remote) = (local, remote);
        _isValid = false;
        _asked = null;
        if (State != PeerConnectionState.Connected || !_owner.IsPathUp) SetState(PeerConnectionState.Connecting);
        _deadline.Set(_owner.Network.Options.ConnectTimeout);
        AskAll();
    }

    /// <summary>The handshake over this transport is done.</summary>
    public void Connected()
    {
        _deadline.Clear();
        SetState(PeerConnectionState.Connected);
    }

    public void Fail()
    {
        _deadline.Clear();
        SetState(PeerConnectionState.Failed);
    }

    /// <summary>The peer said that it is gone.</summary>
    public void OnPeerClosed()
    {
        if (State == PeerConnectionState.Failed) return;
        SetState(PeerConnectionState.Disconnected);
        _deadline.Set(_owner.Network.Options.FailedAfter);
    }

    /// <summary>Packets may have begun or ceased to flow.</summary>
    public void OnPath(bool isUp)
    {
        switch (State)
        {
            case PeerConnectionState.Connecting when isUp:
                _isValid = false;
                _asked = null;
                AskAll();
                break;
            case PeerConnectionState.Connected when !isUp:
                _deadline.Set(_owner.Network.Options.DisconnectedAfter);
                break;
            case PeerConnectionState.Connected when _isValid:
                _deadline.Clear();
                break;
            case PeerConnectionState.Connected:
                _asked = null;
                _deadline.Set(_owner.Network.Options.ConnectTimeout);
                AskAll();
                break;
            case PeerConnectionState.Disconnected when isUp:
                _asked = null;
                Ask(Peer);
                break;
        }
    }

    public void OnDeadline(int version)
    {
        if (!_deadline.Expires(version)) return;

        // The path came back in this very moment, and the news of it is on its way.
        if (State == PeerConnectionState.Connected && _isValid && _owner.IsPathUp) return;
        if (State == PeerConnectionState.Connected && !_owner.IsPathUp)
        {
            SetState(PeerConnectionState.Disconnected);
            _deadline.Set(_owner.Network.Options.FailedAfter);
        }
        else
        {
            Fail();
        }
    }

    public void Close() => _deadline.Clear();

    private bool IsChecking => State is PeerConnectionState.Connecting or PeerConnectionState.Connected && !_isValid;

    private bool HasTurnServer()
    {
        foreach (IceServer server in _owner.Configuration.IceServers)
            foreach (string url in server.Urls)
                if (url.StartsWith("turn", StringComparison.OrdinalIgnoreCase))
                    return true;
        return false;
    }

    private void AskAll()
    {
        // The peer's own check may have come before its description.
        if (_lastCheck is { } early && early.FromUfrag == _remote?.UsernameFragment) Ask(early.From);
        if (_remote != _remoteOfAddresses) return;
        foreach (NetworkAddress address in _remoteAddresses) Ask(_owner.Network.Find(address));
    }

    private void Ask(InMemoryPeerConnection? peer)
    {
        // Several candidates lead to one peer, and nothing is lost by chance here: one check is enough.
        if (peer is null || peer == _owner || peer == _asked || !_owner.SendTo(
            peer,
            static (connection, check) => connection.Ice.OnCheck((Check)check!),
            new Check(_owner, _local!.UsernameFragment, _remote!, _owner.Network.Time.GetTimestamp())))
            return;
        _asked = peer;
    }

    private void OnCheck(Check check)
    {
        if (check.To != _local && check.To != _gathered) return;
        _owner.SendTo(check.From, static (connection, answer) => connection.Ice.OnResponse((Response)answer!), new Response(_owner, check));
        _lastCheck = check;
        if (IsChecking && !_isValid && check.FromUfrag == _remote?.UsernameFragment) Ask(check.From);
    }

    private void OnResponse(Response response)
    {
        if (response.Check.To != _remote || response.Check.FromUfrag != _local?.UsernameFragment) return;
        RoundTripTime = _owner.Network.Time.GetElapsedTime(response.Check.SentAt);
        if (State == PeerConnectionState.Disconnected && _isValid && response.From == Peer)
        {
            Connected();
            _owner.OnTransportUp();
        }
        else if (IsChecking && !_isValid)
        {
            _isValid = true;
            if (_owner.Dtls.IsDone && response.From != Peer)
            {
                // A DTLS association does not move to another peer: that takes a new peer connection.
                Fail();
                return;
            }

            Peer = response.From;
            _owner.Dtls.OnPeerFound();
        }
    }

    private void SetState(PeerConnectionState state)
    {
        if (State == state) return;
        State = state;
        _owner.Notify(static (observer, value) => observer.OnConnectionStateChanged((PeerConnectionState)value!), state);
    }
}
