using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using RoomCall.Signaling.Links;
using RoomCall.Signaling.Protocol;

namespace RoomCall.WebSockets;

/// <summary>The way to a signaling server over WebSockets: see <see cref="ResumingSignaler"/>, which speaks over it. Safe for concurrent
/// use.</summary>
public sealed class WebSocketTransport : ISignalingTransport
{
    private static readonly WebSocketSignalerOptionsValidator Validator = new();

    private readonly WebSocketSignalerOptions _options;
    private readonly Uri _endpoint;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes a transport.</summary>
    /// <param name="options">The server and how to reach it. <see cref="WebSocketSignalerOptions.Name"/> and
    /// <see cref="WebSocketSignalerOptions.Reconnect"/> are the signaler's, and of no meaning here.</param>
    /// <param name="timeProvider">The clock of <see cref="WebSocketSignalerOptions.ConnectTimeout"/>; null: the system's.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public WebSocketTransport(WebSocketSignalerOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ValidateOptionsResult result = Validator.Validate(null, options);
        if (result.Failed)
        {
            throw new ArgumentException(result.FailureMessage, nameof(options));
        }

        _options = options with { Headers = new Dictionary<string, string>(options.Headers, StringComparer.OrdinalIgnoreCase) };
        _endpoint = ToWebSocket(options.Endpoint!);
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public async ValueTask<ISignalingLink> ConnectAsync(ReadOnlyMemory<byte> firstFrame, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CancellationTokenSource timeout = new(_options.ConnectTimeout, _timeProvider);
        ClientWebSocket socket = new();
        Task? connecting = null;
        try
        {
            using (var preparing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token))
            {
                await PrepareAsync(socket.Options, firstFrame, preparing.Token).ConfigureAwait(false);
            }

            connecting = socket.ConnectAsync(_endpoint, _options.HttpMessageInvoker, timeout.Token);
            await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
            timeout.Dispose();
            return socket.SubProtocol is SignalingProtocol.SubProtocol or SignalingProtocol.SubProtocolBegun
                ? new WebSocketLink(socket, hasSentFirst: socket.SubProtocol == SignalingProtocol.SubProtocolBegun, _options.MaxFrameBytes)
                : throw HandshakeFailure.OfSubProtocol(_endpoint);
        }
        catch (Exception exception)
        {
            bool isTimedOut = timeout.IsCancellationRequested;
            if (connecting is not null && cancellationToken.IsCancellationRequested)
            {
                _ = LeaveAsync(socket, connecting, timeout);
            }
            else
            {
                socket.Dispose();
                timeout.Dispose();
            }

            cancellationToken.ThrowIfCancellationRequested();
            throw exception as RoomCallException ?? (isTimedOut
                ? HandshakeFailure.OfTimeout(_endpoint, _options.ConnectTimeout, exception)
                : HandshakeFailure.Of(_endpoint, socket.HttpStatusCode, exception));
        }
    }

    /// <summary>The server may have been asked for the room by the request, and is told that nobody comes: that takes a connection.</summary>
    private static async Task LeaveAsync(ClientWebSocket socket, Task connecting, CancellationTokenSource timeout)
    {
        using (timeout)
        using (socket)
        {
            try
            {
                timeout.CancelAfter(FirstFrame.Grace);
                await connecting.ConfigureAwait(false);
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // There is no connection, and so nothing that could be said.
            }
        }
    }

    private static Uri ToWebSocket(Uri endpoint) => endpoint.Scheme switch
    {
        "http" => new UriBuilder(endpoint) { Scheme = "ws", Port = endpoint.Port }.Uri,
        "https" => new UriBuilder(endpoint) { Scheme = "wss", Port = endpoint.Port }.Uri,
        _ => endpoint,
    };

    private async ValueTask PrepareAsync(ClientWebSocketOptions socket, ReadOnlyMemory<byte> firstFrame, CancellationToken cancellationToken)
    {
        foreach (string offered in FirstFrame.Offer(firstFrame.Span))
        {
            socket.AddSubProtocol(offered);
        }

        socket.CollectHttpResponseDetails = true;
        socket.KeepAliveInterval = _options.KeepAliveInterval;
        socket.KeepAliveTimeout = _options.KeepAliveTimeout;
        foreach ((string name, string value) in _options.Headers)
        {
            socket.SetRequestHeader(name, value);
        }

        // A provider that heeds no token is waited for no longer than the rest.
        if (_options.AccessTokenProvider is { } provider
            && await provider(cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 } token)
        {
            socket.SetRequestHeader("Authorization", $"Bearer {token}");
        }

        _options.ConfigureSocket?.Invoke(socket);
    }
}
