namespace RoomCall.DataChannels;

/// <content>How the engine's side is closed: by this side's wish, or since the other side has said, by way of the server, that it has closed
/// it. For an engine that cannot see that; its messages go another way, and may come later.</content>
internal sealed partial class CallDataChannel
{
    private const int MaxId = 65_534;

    private long _arrived;
    private long _sentByOther = -1;
    private bool _isClosingTold;

    /// <summary>The engine's number of it; null before the engine knows it.</summary>
    public int? Id => Volatile.Read(ref _transport)?.Id;

    /// <summary>The other side has closed the channel: so does this side, once all has come that the other had sent, which is at once where
    /// a message may be lost. Said again, it changes nothing.</summary>
    /// <param name="messages">How many messages the other side has sent.</param>
    public void CloseAfter(long messages)
    {
        Interlocked.CompareExchange(ref _sentByOther, messages, -1);
        CloseIfAllHasCome();
    }

    /// <summary>Begins the engine's closing, if there is an engine's side.</summary>
    public void CloseTransport(bool isAnswer = false)
    {
        try
        {
            if (Volatile.Read(ref _transport) is { } transport)
            {
                TellClosing(transport, isAnswer);
                transport.Close();
            }
        }
        catch (Exception exception)
        {
            // Often on a thread of the pool, where an exception would end the process.
            End(ChannelFailure.CutOff(exception));
        }
    }

    // What the engine has begun to close, the other side has closed in a way that the engine sees.
    private void TellClosing(IDataChannelTransport transport, bool isAnswer)
    {
        if (transport is { Id: >= 0 and <= MaxId and { } id, State: <= DataChannelState.Open } && !Interlocked.Exchange(ref _isClosingTold, true))
        {
            _closing?.Invoke(this, new(id, _sending.Sent, isAnswer));
        }
    }

    private void CountArrived()
    {
        Interlocked.Increment(ref _arrived);
        if (Volatile.Read(ref _sentByOther) >= 0)
        {
            CloseIfAllHasCome();
        }
    }

    // By whoever comes last: the word, the opening or the last message.
    private void CloseIfAllHasCome()
    {
        lock (_gate)
        {
            long sent = _sentByOther;
            if (sent < 0 || State == DataChannelState.Connecting || (Options.IsReliable && Interlocked.Read(ref _arrived) < sent))
            {
                return;
            }
        }

        OnClosing();
        CloseTransport(isAnswer: true);
        End(failure: null);
    }
}
