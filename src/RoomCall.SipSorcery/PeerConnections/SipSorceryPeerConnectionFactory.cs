using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RoomCall.PeerConnections;
using SIPSorcery.Sys;

namespace RoomCall.SipSorcery;

/// <summary>Makes peer connections with SIPSorcery. Safe for concurrent use.</summary>
/// <remarks>While a connection is made, SIPSorcery blocks a thread of the pool for the DTLS handshake. A program that makes many calls at once
/// sets <see cref="ThreadPool.SetMinThreads"/> to about as many.</remarks>
public sealed class SipSorceryPeerConnectionFactory : IPeerConnectionFactory
{
    private readonly SipSorceryOptions _options;
    private readonly ILogger _logger;
    private readonly PortRange? _ports;

    /// <summary>Makes a factory.</summary>
    /// <param name="options">How connections are made; copied. Null: the defaults.</param>
    /// <param name="loggers">Where the engine's logs go; null: nowhere.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public SipSorceryPeerConnectionFactory(SipSorceryOptions? options = null, ILoggerFactory? loggers = null)
    {
        _options = (options ?? new()).Copy();
        if (string.Join(' ', _options.Errors()) is { Length: > 0 } errors)
            throw new ArgumentOutOfRangeException(nameof(options), errors);

        EngineLogs.GoTo(_options.BridgeLogs && loggers is not null ? loggers : NullLoggerFactory.Instance);

        // It hands out even ports only, and wants to begin with one.
        if (_options is { MinPort: { } min, MaxPort: { } max })
            _ports = new PortRange(min + (min % 2), max, shuffle: true);
        _logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<SipSorceryPeerConnectionFactory>();
    }

    /// <inheritdoc/>
    public EngineCapabilities Capabilities { get; } = new() { Statistics = true, Audio = true, Video = true };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A server's URL is none of the forms of RFC 7064 and RFC 7065, or relayed candidates only are wanted
    /// and no TURN server is named.</exception>
    public async ValueTask<IPeerConnection> CreateAsync(
        PeerConnectionConfiguration configuration,
        IPeerConnectionObserver observer,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(observer);
        cancellationToken.ThrowIfCancellationRequested();

        // On the pool: it makes a certificate and binds sockets.
        return await Task.Run(() => new SipSorceryPeerConnection(_options, _ports, configuration, observer, _logger), cancellationToken)
            .ConfigureAwait(false);
    }
}
