using FsCheck;
using FsCheck.Fluent;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Tests.Signaling;

/// <summary>All messages that the rules of the fields allow, and smaller ones of the same kind.</summary>
internal static class PeerMessageCases
{
    private const string ReasonCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-";

    // Any UTF-16, whole or not: letters, what JSON escapes, what its writer escapes beyond need, and halves of surrogate pairs.
    private static readonly Gen<string> Unit = Gen.Frequency(
        (6, Gen.Choose(' ', '~').Select(Text)),
        (2, Gen.Elements("\"", "\\", "\n", "\r\n", "\0", "\u007f", "\u2028", "\ufeff", "\uffff", "<", "+", "/")),
        (2, Gen.Choose(0, char.MaxValue).Select(Text)),
        (1, Gen.Choose(0xD800, 0xDFFF).Select(Text)),
        (1, Gen.Choose(0x10000, 0x10FFFF).Select(char.ConvertFromUtf32)));

    private static readonly Gen<string> AnyText = Unit.ListOf().Select(string.Concat);

    private static readonly Gen<string> AnyNotEmpty = Unit.NonEmptyListOf().Select(string.Concat);

    private static readonly Gen<int?> Generation = Gen.OneOf(
        Gen.Constant<int?>(null),
        Gen.Elements<int?>(1, int.MaxValue),
        Gen.Choose(1, int.MaxValue).Select(number => (int?)number));

    private static readonly Gen<bool> Truth = Gen.Elements(false, true);

    private static readonly Gen<string> Reason =
        from length in Gen.Choose(1, 64)
        from characters in Gen.Elements(ReasonCharacters.ToCharArray()).ArrayOf(length)
        select new string(characters);

    private static readonly Gen<IceCandidate> Ice =
        from text in AnyText
        from id in AnyText.OrNull()
        from label in Gen.OneOf(Gen.Constant<int?>(null), Gen.Elements<int?>(0, 65_535), Gen.Choose(0, 65_535).Select(number => (int?)number))
        from fragment in AnyText.OrNull()
        select new IceCandidate(text, id, text.Length > 0 && id is null ? label ?? 0 : label, fragment);

    public static Gen<PeerMessage> Allowed { get; } = Gen.OneOf(
        Gen.Constant<PeerMessage>(new PeerMessage.GotUserMedia()),
        from sdp in AnyNotEmpty
        from generation in Generation
        from restart in Truth
        from byMessage in Truth
        select (PeerMessage)new PeerMessage.Offer(sdp, generation, restart, byMessage),
        from sdp in AnyNotEmpty
        from generation in Generation
        from can in Truth
        from byMessage in Truth
        select (PeerMessage)new PeerMessage.Answer(sdp, generation, can, byMessage),
        from ice in Ice
        from generation in Generation
        select (PeerMessage)new PeerMessage.Candidate(ice, generation),
        Generation.Select(generation => (PeerMessage)new PeerMessage.Restart(generation)),
        from channel in Gen.OneOf(Gen.Elements(0, 65_534), Gen.Choose(0, 65_534))
        from messages in Gen.OneOf(Gen.Elements(0, (1L << 53) - 1), Gen.Choose(0, int.MaxValue).Select(number => (long)number))
        from generation in Generation
        select (PeerMessage)new PeerMessage.CloseChannel(channel, messages, generation),
        Reason.OrNull().Select(reason => (PeerMessage)new PeerMessage.Bye(reason)));

    /// <summary>Each message breaks one rule.</summary>
    public static Gen<PeerMessage> Forbidden { get; } =
        from message in Allowed
        from number in Gen.OneOf(Gen.Elements(0, -1, int.MinValue), Gen.Choose(int.MinValue, 0))
        from label in Gen.OneOf(Gen.Elements(-1, 65_536), Gen.Choose(65_536, int.MaxValue), Gen.Choose(int.MinValue, -1))
        from text in AnyText
        from which in Truth
        select Break(message, number, label, text, which);

    /// <summary>Smaller messages that the rules allow too.</summary>
    public static IEnumerable<PeerMessage> Smaller(PeerMessage message) => message switch
    {
        PeerMessage.Offer offer => [
            .. Properties.Shorter(offer.Sdp).Where(sdp => sdp.Length > 0).Select(sdp => offer with { Sdp = sdp }),
            .. Without(offer.Generation, none => offer with { Generation = none }),
            .. offer.IceRestart ? [offer with { IceRestart = false }] : Array.Empty<PeerMessage>()],
        PeerMessage.Answer answer => [
            .. Properties.Shorter(answer.Sdp).Where(sdp => sdp.Length > 0).Select(sdp => answer with { Sdp = sdp }),
            .. Without(answer.Generation, none => answer with { Generation = none })],
        PeerMessage.Candidate { Ice: var ice } candidate => [
            .. Properties.Shorter(ice.Candidate).Where(text => text.Length > 0).Select(text => candidate with { Ice = ice with { Candidate = text } }),
            .. Properties.Shorter(ice.SdpMid ?? "").Select(id => candidate with { Ice = ice with { SdpMid = id } }),
            .. Properties.Shorter(ice.UsernameFragment ?? "").Select(text => candidate with { Ice = ice with { UsernameFragment = text } }),
            .. Without(candidate.Generation, none => candidate with { Generation = none })],
        PeerMessage.Bye { Reason: { } reason } bye =>
            Properties.Shorter(reason).Where(text => text.Length > 0).Select(text => bye with { Reason = text }),
        PeerMessage.Restart restart => Without(restart.Generation, none => restart with { Generation = none }),
        PeerMessage.CloseChannel close => [
            .. close.Messages > 0 ? [close with { Messages = close.Messages / 2 }] : Array.Empty<PeerMessage>(),
            .. Without(close.Generation, none => close with { Generation = none })],
        _ => [],
    };

    private static PeerMessage Break(PeerMessage message, int number, int label, string text, bool which) => message switch
    {
        PeerMessage.Offer offer => which ? offer with { Sdp = "" } : offer with { Generation = number },
        PeerMessage.Answer answer => which ? answer with { Sdp = "" } : answer with { Generation = number },
        PeerMessage.Candidate candidate => candidate with
        {
            Ice = which
                ? candidate.Ice with { SdpMLineIndex = label }
                : new IceCandidate("candidate:" + text, null, null, candidate.Ice.UsernameFragment),
        },
        PeerMessage.CloseChannel close => which
            ? close with { Channel = label == 65_536 ? 65_535 : label }
            : close with { Messages = number < 0 ? number : 1L << 53 },
        PeerMessage.Bye bye => bye with { Reason = which ? new string('a', 65) : $"{bye.Reason}{text}!" },
        _ => new PeerMessage.Restart(number),
    };

    private static IEnumerable<PeerMessage> Without(int? number, Func<int?, PeerMessage> change) => number is null ? [] : [change(null)];

    private static string Text(int unit) => ((char)unit).ToString();
}
