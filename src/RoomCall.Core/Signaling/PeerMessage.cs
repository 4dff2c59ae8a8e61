using RoomCall.PeerConnections;

namespace RoomCall.Signaling;

/// <summary>
/// What one peer tells the other through the server: the book's objects (rows S11 to S15), with fields added.
/// A message without a generation comes from a peer that knows only the book's fields, and is taken at its word.
/// </summary>
public abstract record PeerMessage
{
    private protected PeerMessage()
    {
    }

    internal abstract SignalKind Kind { get; }

    /// <summary>The negotiation that it belongs to; null where it tells none.</summary>
    internal virtual int? GenerationOrNull => null;

    /// <summary>The text <c>got user media</c>: the sender's local media is ready (book row S11).</summary>
    public sealed record GotUserMedia : PeerMessage
    {
        internal static GotUserMedia Instance { get; } = new();

        internal override SignalKind Kind => SignalKind.GotUserMedia;
    }

    /// <summary><c>{type:"offer", sdp}</c> (book row S12).</summary>
    /// <param name="Sdp">The description.</param>
    /// <param name="Generation">The number of this negotiation, 1 or more; null: the sender numbers none.</param>
    /// <param name="IceRestart">True: for the connection that both have; false: for a new one.</param>
    /// <param name="CloseByMessage">The sender's engine cannot close a data channel so that the other side sees it, nor see the other
    /// side's closing: both tell it by <see cref="CloseChannel"/>.</param>
    public sealed record Offer(string Sdp, int? Generation = null, bool IceRestart = false, bool CloseByMessage = false) : PeerMessage
    {
        internal override SignalKind Kind => SignalKind.Offer;

        internal override int? GenerationOrNull => Generation;

        /// <inheritdoc cref="SessionDescription.ToString"/>
        public override string ToString() => $"offer (generation {Generation}, {Sdp?.Length} characters)";
    }

    /// <summary><c>{type:"answer", sdp}</c> (book row S13).</summary>
    /// <param name="Sdp">The description.</param>
    /// <param name="Generation">The generation of the offer that it answers; null: the sender numbers none.</param>
    /// <param name="CanRestartIce">Whether the sender's engine can take an offer that restarts ICE.</param>
    /// <param name="CloseByMessage">As in an offer.</param>
    public sealed record Answer(string Sdp, int? Generation = null, bool CanRestartIce = false, bool CloseByMessage = false) : PeerMessage
    {
        internal override SignalKind Kind => SignalKind.Answer;

        internal override int? GenerationOrNull => Generation;

        /// <inheritdoc cref="SessionDescription.ToString"/>
        public override string ToString() => $"answer (generation {Generation}, {Sdp?.Length} characters)";
    }

    /// <summary><c>{type:"candidate", label, id, candidate}</c> (book row S14).</summary>
    /// <param name="Ice">The candidate.</param>
    /// <param name="Generation">The generation that it belongs to; null: the sender numbers none.</param>
    public sealed record Candidate(IceCandidate Ice, int? Generation = null) : PeerMessage
    {
        internal override SignalKind Kind => SignalKind.Candidate;

        internal override int? GenerationOrNull => Generation;
    }

    /// <summary>The sender's connection is lost, and it asks the initiator for a new offer (ours: <c>{type:"restart", generation}</c>).</summary>
    /// <param name="Generation">The generation whose connection is lost. One that is above all that either side has used: the sender has
    /// begun anew, and needs an offer for a new connection, of this generation at least.</param>
    public sealed record Restart(int? Generation = null) : PeerMessage
    {
        internal override SignalKind Kind => SignalKind.Restart;

        internal override int? GenerationOrNull => Generation;
    }

    /// <summary>The sender has closed a data channel, and one of the two engines cannot show it to the other side (ours:
    /// <c>{type:"close channel", channel, messages, generation}</c>).</summary>
    /// <param name="Channel">Its SCTP stream identifier (W3C RTCDataChannel.id), 0 to 65,534.</param>
    /// <param name="Messages">How many messages the sender has sent on it, 0 to 9,007,199,254,740,991.</param>
    /// <param name="Generation">That of the offer that the channel's connection began with; null: of the present connection.</param>
    public sealed record CloseChannel(int Channel, long Messages, int? Generation = null) : PeerMessage
    {
        internal override SignalKind Kind => SignalKind.CloseChannel;

        internal override int? GenerationOrNull => Generation;
    }

    /// <summary>The sender's call has ended (book row S15): the text <c>bye</c> after a hang-up, or
    /// <c>{type:"bye", reason}</c> where there is more to say.</summary>
    /// <param name="Reason">Why: a name of <see cref="CallEndCode"/> in kebab case; null: it hung up.</param>
    public sealed record Bye(string? Reason = null) : PeerMessage
    {
        internal override SignalKind Kind => SignalKind.Bye;
    }
}
