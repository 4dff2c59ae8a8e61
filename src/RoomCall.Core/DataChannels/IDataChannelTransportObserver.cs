namespace RoomCall.DataChannels;

/// <summary>
/// What the engine's side of a data channel tells. Calls of one channel do not overlap; each but
/// <see cref="OnMessageAsync"/> only posts; none throws.
/// </summary>
public interface IDataChannelTransportObserver
{
    /// <summary>The channel is open.</summary>
    void OnOpen();

    /// <summary>A message arrived.</summary>
    /// <param name="message">The message; its bytes are the observer's to keep.</param>
    /// <returns>A task that ends when there is room for the next message. An engine with
    /// <see cref="PeerConnections.EngineCapabilities.ReceiveBackPressure"/> delivers the next only then;
    /// another need not wait.</returns>
    ValueTask OnMessageAsync(DataMessage message);

    /// <summary><see cref="IDataChannelTransport.BufferedAmount"/> fell to the threshold or below.</summary>
    void OnBufferedAmountLow();

    /// <summary>The closing procedure has begun.</summary>
    void OnClosing();

    /// <summary>The channel is closed; nothing follows.</summary>
    /// <param name="error">Why, when it was not closed by either side's wish but was cut off; else null.</param>
    void OnClosed(Exception? error);
}
