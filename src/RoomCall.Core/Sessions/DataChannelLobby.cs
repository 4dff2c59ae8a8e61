using RoomCall.DataChannels;
using RoomCall.Scheduling;

namespace RoomCall;

/// <summary>Where data channels that the other side opened wait for those who take them, and those who take them wait for channels.</summary>
internal sealed class DataChannelLobby
{
    private const int MaxWaiting = 64;

    private readonly Lock _gate = new();
    private readonly List<IDataChannel> _channels = [];
    private readonly List<Taker> _takers = [];
    private CallEndReason? _closed;

    /// <summary>Gives the channel to who waits for it longest, or keeps it; of those kept only the latest 64 can still be taken.</summary>
    public void Enter(IDataChannel channel)
    {
        lock (_gate)
        {
            int index = _takers.FindIndex(taker => taker.Wants(channel));
            if (index >= 0)
            {
                _takers[index].Given.SetResult(channel);
                _takers.RemoveAt(index);
                return;
            }

            if (_closed is not null)
            {
                return;
            }

            // One that is closed may still hold what was sent on it; who uses the events instead leaves all of them here.
            if (_channels.Count == MaxWaiting)
            {
                _channels.RemoveAt(0);
            }

            _channels.Add(channel);
        }
    }

    /// <summary>A call begins, or its connection is replaced: what an earlier one left is not mistaken for its own (D7).</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _channels.Clear();
        }
    }

    public async Task<IDataChannel> TakeAsync(string? label, CancellationToken cancellationToken)
    {
        Taker taker = new(label);
        lock (_gate)
        {
            int index = _channels.FindIndex(taker.Wants);
            if (index >= 0)
            {
                IDataChannel channel = _channels[index];
                _channels.RemoveAt(index);
                return channel;
            }

            if (_closed is not null)
            {
                throw new RoomCallException(_closed);
            }

            _takers.Add(taker);
        }

        // Who gives up takes itself off the list; where a channel was given at that moment, it keeps it.
        using CancellationTokenRegistration registration = cancellationToken.Register(() => GiveUp(taker, cancellationToken));
        return await taker.Given.Task.ConfigureAwait(DeterministicContext.IsCurrent);
    }

    public void Close(CallEndReason sessionEnded)
    {
        lock (_gate)
        {
            _closed = sessionEnded;
            foreach (Taker taker in _takers)
            {
                taker.Given.SetException(new RoomCallException(sessionEnded));
            }

            _takers.Clear();
            _channels.Clear();
        }
    }

    private void GiveUp(Taker taker, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_takers.Remove(taker))
            {
                taker.Given.SetCanceled(cancellationToken);
            }
        }
    }

    private sealed class Taker(string? label)
    {
        public TaskCompletionSource<IDataChannel> Given { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Wants(IDataChannel channel) => label is null || label == channel.Label;
    }
}
