using RoomCall.PeerConnections;
using SIPSorcery.Net;
using IceServer = RoomCall.PeerConnections.IceServer;

namespace RoomCall.SipSorcery;

/// <summary>Puts RoomCall's configuration into SIPSorcery's words.</summary>
internal static class EngineConfiguration
{
    public static RTCConfiguration Of(SipSorceryOptions options, PeerConnectionConfiguration configuration)
    {
        bool relayOnly = configuration.IceTransportPolicy == IceTransportPolicy.Relay;
        List<RTCIceServer> servers = [.. configuration.IceServers.SelectMany(ServersOf)];
        if (relayOnly && !servers.Exists(static server => server.urls.StartsWith("turn", StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException(
                "Relayed candidates only are wanted, and no TURN server is named: add one to CallOptions.IceServers.", nameof(configuration));
        }

        return new RTCConfiguration
        {
            iceServers = servers,
            iceTransportPolicy = relayOnly ? RTCIceTransportPolicy.relay : RTCIceTransportPolicy.all,
            bundlePolicy = RTCBundlePolicy.max_bundle,
            X_BindAddress = options.BindAddress,
            X_ICEIncludeAllInterfaceAddresses = options.IncludeAllInterfaces,
            X_UseRtpFeedbackProfile = true, // the profile of browsers (RFC 8829, section 5.1.2)
        };
    }

    private static bool IsHost(string host) => Uri.CheckHostName(host.Trim('[', ']')) != UriHostNameType.Unknown;

    private static bool HasScheme(string url) =>
        url.Split(':', 2) is [string scheme, { Length: > 0 }] && scheme.ToLowerInvariant() is ("stun" or "stuns" or "turn" or "turns");

    private static IEnumerable<RTCIceServer> ServersOf(IceServer server)
    {
        foreach (string url in server.Urls)
        {
            // One without a host would end the process, on a timer of SIPSorcery's.
            if (!HasScheme(url) || !STUNUri.TryParse(url, out STUNUri uri) || !IsHost(uri.Host))
            {
                throw new ArgumentException(
                    "The URL of an ICE server is of the form stun:host:port, or with stuns:, turn: or turns:.", nameof(server));
            }

            yield return new RTCIceServer
            {
                urls = url,
                username = server.Username,
                credential = server.Credential,
                credentialType = RTCIceCredentialType.password,
            };
        }
    }
}
