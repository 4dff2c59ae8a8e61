using System.Text.RegularExpressions;
using RoomCall.PeerConnections;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Engine;

/// <summary>
/// A peer connection as a strict engine has it: descriptions are applied by the W3C's signaling states, and two of them reach each other
/// only when each has the other's descriptions and a candidate of the other's. A description is named by who made it
/// (<c>owner/connection/count</c>), which is its ICE username fragment too, and a candidate by its description. A value: each change is a
/// new one.
/// </summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Number">Its number with its owner.</param>
internal sealed partial record ModelConnection(string Owner, int Number)
{
    /// <summary>How many descriptions it has made.</summary>
    public int Described { get; init; }

    public SignalingState Signaling { get; init; }

    /// <summary>The local description that was applied last.</summary>
    public string? Local { get; init; }

    /// <summary>The remote description that was applied last.</summary>
    public string? Remote { get; init; }

    /// <summary>The pair of descriptions that was agreed last, local first; null: none yet.</summary>
    public (string Local, string Remote)? Agreed { get; init; }

    /// <summary>A candidate of the present local description was found and not told yet.</summary>
    public bool HasCandidateToTell { get; init; }

    /// <summary>A candidate of the present remote description was added.</summary>
    public bool HasRemoteCandidate { get; init; }

    /// <summary>What its owner was told of it last.</summary>
    public PeerConnectionState Reported { get; init; }

    public bool IsChannelOpen { get; init; }

    /// <summary>The agreed pair on which it was connected last.</summary>
    public (string Local, string Remote)? Link { get; init; }

    /// <summary>The agreed pair over which nothing reaches this side any more.</summary>
    public (string Local, string Remote)? Broken { get; init; }

    /// <summary>It is being closed after what was sent on it has arrived.</summary>
    public bool IsClosing { get; init; }

    private const string Attribute = "a=ice-ufrag:";

    // An answer says which offer it answers, as in truth only its content does.
    private const string Answers = "\r\na=answers:";

    private string Name => $"{Attribute}{Owner}/{Number}";

    /// <summary>A candidate of the present local description.</summary>
    public IceCandidate Candidate => new(Local!, "0", 0, NameOf(Local!));

    /// <summary>A text in which descriptions go by their names.</summary>
    public static string NameOf(string text) => AnsweredOffer().Replace(text, string.Empty).Replace(Attribute, string.Empty, StringComparison.Ordinal);

    /// <summary>Makes an offer or an answer.</summary>
    public ModelConnection Describe(SdpType type, out SessionDescription? description, out Violation? violation)
    {
        description = null;
        violation = null;
        if (type == SdpType.Answer && Signaling != SignalingState.HaveRemoteOffer)
        {
            violation = new(Rule.SignalingState, $"{Owner} makes an answer in the signaling state {Signaling}.");
            return this;
        }

        string name = $"{Name}/{Described + 1}";
        description = new SessionDescription(type, type == SdpType.Offer ? name : $"{name}{Answers}{Remote}");
        return this with { Described = Described + 1 };
    }

    public ModelConnection SetLocal(SessionDescription description, out Violation? violation)
    {
        SignalingState needed = description.Type == SdpType.Offer ? SignalingState.Stable : SignalingState.HaveRemoteOffer;
        violation = Signaling == needed ? null : Misapplied("local", description, needed);
        return violation is not null ? this : Agree(description.Type, this with
        {
            Local = description.Sdp,
            HasCandidateToTell = true,
            Signaling = SignalingState.HaveLocalOffer,
        });
    }

    public ModelConnection SetRemote(SessionDescription description, out Violation? violation)
    {
        SignalingState needed = description.Type == SdpType.Offer ? SignalingState.Stable : SignalingState.HaveLocalOffer;
        violation = IsRestartOfAnother(description)
            ? new(Rule.SameNegotiation, $"{Owner} applies {NameOf(description.Sdp)}, which restarts a connection that this one is not the other end of.")
            : Signaling != needed
            ? Misapplied("remote", description, needed)
            : description.Type == SdpType.Answer && !description.Sdp.EndsWith($"{Answers}{Local}", StringComparison.Ordinal)
                ? new(Rule.SameNegotiation, $"{Owner} applies an answer to another offer than its {NameOf(Local!)}.")
                : null;
        return violation is not null ? this : Agree(description.Type, this with
        {
            Remote = description.Sdp,
            HasRemoteCandidate = false,
            Signaling = SignalingState.HaveRemoteOffer,
        });
    }

    // The first offer of a connection begins it; a later one needs the other end that the first one had.
    private bool IsRestartOfAnother(SessionDescription description) => description.Type == SdpType.Offer
        && !description.Sdp.EndsWith("/1", StringComparison.Ordinal)
        && (Remote is null || ConnectionOf(Remote) != ConnectionOf(description.Sdp));

    private static string ConnectionOf(string text) => NameOf(text) is var name && name.LastIndexOf('/') is var end and >= 0 ? name[..end] : name;

    public ModelConnection AddCandidate(string candidate, out Violation? violation)
    {
        violation = Remote is null
            ? new(Rule.CandidateAfterDescription, $"{Owner} applies a candidate before the remote description.")
            : candidate == Remote ? null : new(Rule.SameNegotiation, $"{Owner} applies a candidate of {NameOf(candidate)} to the description {NameOf(Remote)}.");
        return violation is null ? this with { HasRemoteCandidate = true } : this;
    }

    /// <summary>The two have agreed on the same pair of descriptions.</summary>
    public bool IsMirroredBy(ModelConnection other) =>
        Agreed is { } mine && other.Agreed is { } theirs && mine.Local == theirs.Remote && mine.Remote == theirs.Local;

    /// <summary>Whether the remote descriptions that it has came from a certain connection.</summary>
    public bool Names(ModelConnection other) =>
        Remote is not null && Remote.StartsWith(other.Name, StringComparison.Ordinal) && Remote[other.Name.Length] == '/';

    public void Write(StateWriter writer)
    {
        writer.Text(Owner);
        writer.Number(Number);
        writer.Number(Described);
        writer.Byte((int)Signaling);
        writer.Text(Local);
        writer.Text(Remote);
        WritePair(writer, Agreed);
        writer.Flag(HasCandidateToTell);
        writer.Flag(HasRemoteCandidate);
        writer.Byte((int)Reported);
        writer.Flag(IsChannelOpen);
        WritePair(writer, Link);
        WritePair(writer, Broken);
        writer.Flag(IsClosing);
    }

    private static ModelConnection Agree(SdpType type, ModelConnection applied) => type == SdpType.Offer
        ? applied
        : applied with
        {
            Signaling = SignalingState.Stable,
            Agreed = (applied.Local!, applied.Remote!),
            Reported = applied.Reported is PeerConnectionState.Disconnected or PeerConnectionState.Failed
                ? PeerConnectionState.Connecting // new descriptions: it tries again
                : applied.Reported,
        };

    private Violation Misapplied(string side, SessionDescription description, SignalingState needed) => new(
        Rule.SignalingState,
        $"{Owner} applies the {side} {description.Type} {NameOf(description.Sdp)} in the signaling state {Signaling}; it needs {needed}.");

    [GeneratedRegex(Answers + @"\S+")]
    private static partial Regex AnsweredOffer();

    private static void WritePair(StateWriter writer, (string Local, string Remote)? pair)
    {
        writer.Text(pair?.Local);
        writer.Text(pair?.Remote);
    }
}
