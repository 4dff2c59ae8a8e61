using System.Net;
using RoomCall.Conformance;
using RoomCall.Media;
using RoomCall.PeerConnections;

namespace RoomCall.SipSorcery.Tests;

/// <summary>The fixtures that every engine must pass.</summary>
internal static class Engine
{
    /// <summary>On loopback alone.</summary>
    public static SipSorceryPeerConnectionFactory Create() => new(new SipSorceryOptions { BindAddress = IPAddress.Loopback });
}

public sealed class SipSorceryNegotiation : NegotiationConformance
{
    protected override IPeerConnectionFactory CreateFactory() => Engine.Create();
}

public sealed class SipSorceryCandidates : CandidateConformance
{
    protected override IPeerConnectionFactory CreateFactory() => Engine.Create();
}

public sealed class SipSorceryDataChannels : DataChannelConformance
{
    // It receives in steps of 25 ms, so 16 MB take their time.
    protected override TimeSpan Patience => TimeSpan.FromMinutes(3);

    protected override IPeerConnectionFactory CreateFactory() => Engine.Create();
}

public sealed class SipSorceryClosing : ClosingConformance
{
    protected override IPeerConnectionFactory CreateFactory() => Engine.Create();
}

public sealed class SipSorceryMedia : MediaConformance
{
    protected override IPeerConnectionFactory CreateFactory() => Engine.Create();

    protected override IMediaSource CreateMediaSource() => TestMedia.Source();
}
