using RoomCall.DataChannels;

namespace RoomCall;

/// <summary>Where data channels that the other side opened wait for those who take them, and those who take them wait for channels.</summary>
internal sealed class DataChannelLobby
{
    private const int MaxWaiting = 64;

    private readonly Lock _gate = new();
    private readonly List<IDataChannel> _channels = [];
    private readonly List<Taker> _takers = [];
    private RoomCallException? _closed;

    /// <summary>Gives the channel to who waits for it longest, or keeps it; false when too many wait.</summary>
    public bool TryEnter(IDataChannel channel)
    {
        lock (_gate)
        {
            int index = _takers.FindIndex(taker => taker.Wants(channel));
            if (index >= 0)
            {
                _takers[index].Given.SetResult(channel);
                _takers.RemoveAt(index);
                return true;
            }

            _channels.RemoveAll(waiting => waiting.State == DataChannelState.Closed);
            if (_closed is not null || _channels.Count >= MaxWaiting)
            {
                return false;
            }

            _channels.Add(channel);
            return true;
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
                throw _closed;
            }

            _takers.Add(taker);
        }

        // Who gives up takes itself off the list; where a channel was given at that moment, it keeps it.
        using CancellationTokenRegistration registration = cancellationToken.Register(() => GiveUp(taker, cancellationToken));
        return await taker.Given.Task.ConfigureAwait(false);
    }

    public void Close(RoomCallException sessionEnded)
    {
        lock (_gate)
        {
            _closed = sessionEnded;
            foreach (Taker taker in _takers)
            {
                taker.Given.SetException(sessionEnded);
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
