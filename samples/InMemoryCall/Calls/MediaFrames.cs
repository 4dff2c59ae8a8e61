using RoomCall.InMemory;

namespace RoomCall.Samples;

/// <summary>Some frames of media each way, sent at once and counted as they arrive. A frame that is lost stays lost.</summary>
internal sealed class MediaFrames : IDisposable
{
    private const int Count = 40;

    private readonly Peer _to;
    private readonly List<IDisposable> _subscriptions = [];
    private int _arrived;

    private MediaFrames(Peer to)
    {
        _to = to;
        foreach (InMemoryMediaTrack track in to.RemoteStream?.Tracks ?? [])
        {
            _subscriptions.Add(track.Frames.Subscribe(_ => Interlocked.Increment(ref _arrived)));
        }
    }

    /// <summary>Sends frames from one peer to the other, in turn on its tracks.</summary>
    public static MediaFrames Send(Peer from, Peer to)
    {
        MediaFrames frames = new(to);
        IReadOnlyList<InMemoryMediaTrack> tracks = from.LocalStream?.Tracks ?? [];
        byte[] frame = new byte[160]; // 20 ms of telephone sound
        for (int number = 0; number < Count && tracks.Count > 0; number++) tracks[number % tracks.Count].Send(frame);
        return frames;
    }

    /// <summary>Draws how many have arrived so far.</summary>
    public void Show(SequenceView view) => view.MediaArrived(_to.Name, $"media: {Volatile.Read(ref _arrived)} of {Count} frames");

    public void Dispose()
    {
        foreach (IDisposable subscription in _subscriptions) subscription.Dispose();
    }
}
