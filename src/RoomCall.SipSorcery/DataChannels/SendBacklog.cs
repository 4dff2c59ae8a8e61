using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>Hands messages to SIPSorcery as fast as it sends them, and knows which channel's bytes are still waiting. SIPSorcery tells how much
/// waits on the whole connection, in the order in which it was given, and tells nobody when that changes: so this keeps the order, and looks while
/// something waits. It gives little at a time, one message of each channel in turn: so a text does not wait behind a file, and each message that
/// SIPSorcery is given wakes its sender, which goes slower when it is given many at once.</summary>
internal sealed class SendBacklog : IDisposable
{
    private const int Ahead = 32 * 1024;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly SctpAssociation _association;
    private readonly Lock _gate = new();
    private readonly Queue<SipSorceryDataChannel> _turns = new(); // those that have something waiting
    private readonly Queue<(SipSorceryDataChannel Channel, int Size)> _given = new();
    private readonly List<SipSorceryDataChannel> _closing = [];
    private readonly ITimer _timer;
    private long _givenBytes;
    private bool _isLooking;
    private bool _isDisposed;

    public SendBacklog(SctpAssociation association)
    {
        _association = association;
        _timer = TimeProvider.System.CreateTimer(
            static self => ((SendBacklog)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sends a message behind those of its channel that wait.</summary>
    /// <exception cref="InvalidOperationException">The transport is not up: SIPSorcery would drop the message.</exception>
    public void Send(OutgoingMessage message)
    {
        lock (_gate)
        {
            if (_isDisposed || _association.State != SctpAssociationState.Established)
                throw new InvalidOperationException("The data channel's connection is not up.");

            message.Channel.Buffered(message.Bytes.Count);
            message.Channel.Waiting.Enqueue(message);
            if (message.Channel.Waiting.Count == 1)
                _turns.Enqueue(message.Channel);
            Give();
            Watch();
        }
    }

    /// <summary>Closes the channel when the other side has got what was sent on it.</summary>
    public void WhenDelivered(SipSorceryDataChannel channel)
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _closing.Add(channel);
                Watch();
                return;
            }
        }

        channel.Closed(null);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _closing.Clear();
            _turns.Clear();
            _given.Clear();
        }

        _timer.Dispose();
    }

    private void Give()
    {
        while (_givenBytes < Ahead && _turns.TryDequeue(out SipSorceryDataChannel? channel))
        {
            OutgoingMessage message = channel.Waiting.Dequeue();
            if (channel.Waiting.Count > 0)
                _turns.Enqueue(channel);

            // It copies them.
            _association.SendData(message.Stream, message.Kind, message.Bytes.Array!, message.Bytes.Offset, message.Bytes.Count);
            _given.Enqueue((channel, message.Bytes.Count));
            _givenBytes += message.Bytes.Count;
        }
    }

    private void Watch()
    {
        if (_isLooking)
            return;

        _isLooking = true;
        _timer.Change(Interval, Timeout.InfiniteTimeSpan);
    }

    private void Look()
    {
        HashSet<SipSorceryDataChannel>? low = null;
        SipSorceryDataChannel[] delivered;
        lock (_gate)
        {
            if (_isDisposed)
                return;

            long left = (long)_association.SendBufferedAmount;
            while (_given.TryPeek(out (SipSorceryDataChannel Channel, int Size) first) && _givenBytes - first.Size >= left)
            {
                _given.Dequeue();
                _givenBytes -= first.Size;
                if (first.Channel.Buffered(-first.Size))
                    (low ??= []).Add(first.Channel);
            }

            Give();
            delivered = [.. _closing.Where(channel => channel.BufferedAmount == 0 && !UnacknowledgedData.IsOn(_association, channel.Id))];
            _closing.RemoveAll(channel => delivered.Contains(channel));

            _isLooking = false;
            if (_turns.Count + _given.Count + _closing.Count > 0)
                Watch();
        }

        foreach (SipSorceryDataChannel channel in low ?? [])
            channel.BufferedAmountLow();
        foreach (SipSorceryDataChannel channel in delivered)
            channel.Closed(null);
    }
}
