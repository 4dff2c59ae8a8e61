using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>Knows which channel's bytes are still waiting to be sent. SIPSorcery tells how much waits on the whole connection, in the order in
/// which it was given, and tells nobody when that changes: so this keeps the order, and looks while something waits.</summary>
internal sealed class SendBacklog : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly SctpAssociation _association;
    private readonly Lock _gate = new();
    private readonly Queue<(SipSorceryDataChannel Channel, int Size)> _waiting = new();
    private readonly List<SipSorceryDataChannel> _closing = [];
    private readonly ITimer _timer;
    private long _bytes;
    private bool _isLooking;
    private bool _isDisposed;

    public SendBacklog(SctpAssociation association)
    {
        _association = association;
        _timer = TimeProvider.System.CreateTimer(static self => ((SendBacklog)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gives a message to SIPSorcery, which copies it.</summary>
    /// <exception cref="InvalidOperationException">The transport is not up: SIPSorcery would drop the message.</exception>
    public void Send(SipSorceryDataChannel channel, ushort stream, uint kind, ArraySegment<byte> bytes)
    {
        lock (_gate)
        {
            if (_isDisposed || _association.State != SctpAssociationState.Established)
                throw new InvalidOperationException("The data channel's connection is not up.");

            _association.SendData(stream, kind, bytes.Array!, bytes.Offset, bytes.Count);
            channel.Buffered(bytes.Count);
            _waiting.Enqueue((channel, bytes.Count));
            _bytes += bytes.Count;
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
            _waiting.Clear();
        }

        _timer.Dispose();
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
        SipSorceryDataChannel[] delivered = [];
        lock (_gate)
        {
            if (_isDisposed)
                return;

            long left = (long)_association.SendBufferedAmount;
            while (_waiting.TryPeek(out (SipSorceryDataChannel Channel, int Size) first) && _bytes - first.Size >= left)
            {
                _waiting.Dequeue();
                _bytes -= first.Size;
                if (first.Channel.Buffered(-first.Size))
                    (low ??= []).Add(first.Channel);
            }

            if (_closing.Count > 0 && UnacknowledgedBytes.Of(_association) == 0)
            {
                delivered = [.. _closing.Where(static channel => channel.BufferedAmount == 0)];
                _closing.RemoveAll(channel => delivered.Contains(channel));
            }

            _isLooking = false;
            if (_waiting.Count > 0 || _closing.Count > 0)
                Watch();
        }

        foreach (SipSorceryDataChannel channel in low ?? [])
            channel.BufferedAmountLow();
        foreach (SipSorceryDataChannel channel in delivered)
            channel.Closed(null);
    }
}
