using System.Globalization;
using RoomCall.PeerConnections;

namespace RoomCall.InMemory;

/// <summary>The exchange of descriptions (RFC 9429): which may come when, and what is agreed. Used under the connection's lock; what throws
/// has changed nothing.</summary>
internal sealed class Negotiation
{
    private readonly InMemoryPeerConnection _owner;
    private readonly long _sessionId;
    private readonly Fingerprint _fingerprint;
    private (SdpType Type, string Sdp, SdpDescription Description)? _created;
    private SdpDescription? _currentLocal;
    private SdpDescription? _pendingLocal;
    private SdpDescription? _currentRemote;
    private SdpDescription? _pendingRemote;
    private long _version;

    public Negotiation(InMemoryPeerConnection owner)
    {
        _owner = owner;
        _sessionId = (long)(owner.Random.NextUInt64() >> 2);
        _fingerprint = Fingerprint.Create(ref owner.Random);
    }

    public SignalingState State { get; private set; }

    public Fingerprint Fingerprint => _fingerprint;

    public SdpDescription? Local => _pendingLocal ?? _currentLocal;

    public SdpDescription? Remote => _pendingRemote ?? _currentRemote;

    /// <summary>The last descriptions that both sides agreed on.</summary>
    public SdpDescription? AgreedLocal => _currentLocal;

    public SdpDescription? AgreedRemote => _currentRemote;

    /// <summary>Whether this side begins the DTLS handshake, by what was agreed.</summary>
    public bool IsDtlsClient => _currentRemote?.Setup == DtlsSetup.Passive || _currentLocal?.Setup == DtlsSetup.Active;

    public SessionDescription CreateOffer(OfferOptions options)
    {
        if (options.IceRestart && !_owner.Capabilities.IceRestart)
            throw new NotSupportedException("This engine cannot restart ICE (EngineCapabilities.IceRestart): make a new peer connection.");
        Require(State is SignalingState.Stable or SignalingState.HaveLocalOffer, "An offer is made");
        List<SdpSection> sections = [];
        foreach (SdpSection agreed in _currentLocal?.Sections ?? [])
        {
            TrackSender? sender = _owner.Media.SenderOn(sections.Count);
            sections.Add(WithSender(agreed, sender) with { Direction = agreed.IsMedia && sender is null ? SdpDirection.RecvOnly : SdpDirection.SendRecv });
        }

        foreach (TrackSender sender in _owner.Media.Senders)
        {
            if (sender.Line < 0 || sender.Line >= (_currentLocal?.Sections.Count ?? 0))
                sections.Add(WithSender(new(sender.Media, NextMid(sections)), sender));
        }

        if (_owner.Association.IsWanted && !sections.Exists(static section => section is { IsApplication: true, IsRejected: false }))
            sections.Add(new(SdpSection.Application, NextMid(sections)));
        IceCredentials? ice = options.IceRestart ? null : _pendingLocal?.Ice ?? _currentLocal?.Ice;
        return Create(SdpType.Offer, sections, ice, DtlsSetup.ActPass);
    }

    public SessionDescription CreateAnswer()
    {
        Require(State == SignalingState.HaveRemoteOffer, "An answer is made");
        SdpDescription offer = _pendingRemote!;
        List<SdpSection> sections = new(offer.Sections.Count);
        HashSet<TrackSender> used = [];
        foreach (SdpSection offered in offer.Sections) sections.Add(Answer(offered, sections.Count, used));

        // The offer's new credentials ask for new ones here: that is what an ICE restart is (RFC 8445, section 9).
        bool isRestart = _currentRemote?.Ice is { } before && before != offer.Ice;
        DtlsSetup setup = offer.Setup == DtlsSetup.Active ? DtlsSetup.Passive : DtlsSetup.Active;
        return Create(SdpType.Answer, sections, isRestart ? null : _currentLocal?.Ice, setup);
    }

    public void SetLocal(SessionDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        Require(
            description.Type == SdpType.Offer
                ? State is SignalingState.Stable or SignalingState.HaveLocalOffer
                : State == SignalingState.HaveRemoteOffer,
            $"A local {description.Type} is applied");
        if (_created is not { } created || created.Type != description.Type || created.Sdp != description.Sdp)
        {
            SdpReader.Read(description);
            throw new InvalidOperationException(
                $"The local {description.Type} is not the one that was made last: apply what was returned, unchanged.");
        }

        _created = null;
        MediaLines.Assign(created.Description);
        if (description.Type == SdpType.Offer)
        {
            _pendingLocal = created.Description;
            State = SignalingState.HaveLocalOffer;
        }
        else
        {
            Agree(created.Description, _pendingRemote!);
        }
    }

    public void SetRemote(SessionDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        bool rollsBack = description.Type == SdpType.Offer && State == SignalingState.HaveLocalOffer && _owner.Capabilities.Rollback;
        Require(
            rollsBack || (description.Type == SdpType.Offer
                ? State is SignalingState.Stable or SignalingState.HaveRemoteOffer
                : State == SignalingState.HaveLocalOffer),
            $"A remote {description.Type} is applied");
        SdpDescription read = SdpReader.Read(description);
        if (description.Type == SdpType.Answer)
        {
            RequireLines(_pendingLocal!.Sections, read.Sections, isAnswer: true);
            Agree(_pendingLocal, read);
            return;
        }

        RequireLines(_currentRemote?.Sections ?? [], read.Sections, isAnswer: false);
        if (rollsBack)
        {
            _pendingLocal = null;
            _owner.Media.Release(_currentLocal?.Sections.Count ?? 0);
        }

        _created = null;
        _pendingRemote = read;
        State = SignalingState.HaveRemoteOffer;
    }

    public void Close() => State = SignalingState.Closed;

    private static SdpSection WithSender(SdpSection section, TrackSender? sender) =>
        section with { Sender = sender, StreamId = sender?.StreamId, TrackId = sender?.Track.Id };

    private static string NextMid(List<SdpSection> sections)
    {
        int number = sections.Count;
        string mid;
        do mid = number++.ToString(CultureInfo.InvariantCulture);
        while (sections.Exists(section => section.Mid == mid));
        return mid;
    }

    private static void RequireLines(IReadOnlyList<SdpSection> before, IReadOnlyList<SdpSection> now, bool isAnswer)
    {
        if (now.Count < before.Count || (isAnswer && now.Count != before.Count))
            throw new FormatException($"The description has {now.Count} m-lines where {before.Count} were agreed or offered.");
        for (int i = 0; i < before.Count; i++)
        {
            if (before[i].Media != now[i].Media || before[i].Mid != now[i].Mid)
                throw new FormatException($"m-line {i} is not the one that was agreed or offered: their order must not change.");
        }
    }

    private SdpSection Answer(SdpSection offered, int line, HashSet<TrackSender> used)
    {
        SdpSection answer = offered with { StreamId = null, TrackId = null };
        if (offered.IsApplication) return answer;
        bool isSupported = offered.Media switch
        {
            SdpSection.Audio => _owner.Capabilities.Audio,
            SdpSection.Video => _owner.Capabilities.Video,
            _ => false,
        };
        if (!isSupported || offered.IsRejected) return answer with { IsRejected = true };
        TrackSender? sender = _owner.Media.SenderFor(offered.Media, line, used);
        bool sends = sender is not null && offered.Direction.HasFlag(SdpDirection.RecvOnly);
        bool receives = offered.Direction.HasFlag(SdpDirection.SendOnly);
        if (sends) used.Add(sender!);
        return WithSender(answer, sends ? sender : null) with
        {
            Direction = (sends ? SdpDirection.SendOnly : 0) | (receives ? SdpDirection.RecvOnly : 0),
        };
    }

    private SessionDescription Create(SdpType type, List<SdpSection> sections, IceCredentials? ice, DtlsSetup setup)
    {
        SdpDescription description = new(sections.ToArray())
        {
            SessionId = _sessionId,
            Version = _version + 1,
            Ice = ice ?? IceCredentials.Create(ref _owner.Random),
            Fingerprint = _fingerprint,
            Setup = setup,
            MaxMessageSize = _owner.Factory.Options.MaxMessageSize,
        };
        string sdp = SdpWriter.Write(description);
        _version++;
        _created = (type, sdp, description);
        return new(type, sdp);
    }

    private void Agree(SdpDescription local, SdpDescription remote)
    {
        (_currentLocal, _currentRemote) = (local, remote);
        (_pendingLocal, _pendingRemote) = (null, null);
        State = SignalingState.Stable;
    }

    private void Require(bool isAllowed, string what)
    {
        if (!isAllowed) throw new InvalidOperationException($"{what} in the wrong signaling state: it is {State} (RFC 9429, section 4.1.2).");
    }
}
