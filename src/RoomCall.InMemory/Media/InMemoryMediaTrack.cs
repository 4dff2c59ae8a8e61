using System.Collections.Immutable;
using System.Reactive.Disposables;
using System.Reactive.Subjects;
using RoomCall.Media;

namespace RoomCall.InMemory;

/// <summary>
/// One track of an <see cref="InMemoryMediaStream"/>. A frame is any bytes: what is sent on a local track is shown on the remote one.
/// Safe for concurrent use.
/// </summary>
public sealed class InMemoryMediaTrack : IMediaTrack
{
    private readonly Subject<ReadOnlyMemory<byte>>? _frames;
    private ImmutableArray<TrackSender> _senders = [];
    private volatile bool _isEnabled = true;
    private volatile bool _isStopped;

    internal InMemoryMediaTrack(string id, MediaKind kind, bool isRemote)
    {
        Id = id;
        Kind = kind;
        _frames = isRemote ? new() : null;
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public MediaKind Kind { get; }

    /// <summary>Whether frames pass: those that are sent on a disabled local track are dropped, and so are those that arrive on a disabled
    /// remote one. <value>Default: true.</value></summary>
    public bool Enabled
    {
        get => _isEnabled;
        set => _isEnabled = value;
    }

    /// <summary>What arrives on a remote track, from the time of subscribing on; nothing on a local one. Completes when the stream is
    /// disposed. Called on the thread that delivers; an observer that throws harms nobody else.</summary>
    public IObservable<ReadOnlyMemory<byte>> Frames => new Isolated(this);

    /// <summary>Sends a frame to the remote track of every connection that the stream was added to. It is dropped where the connection is
    /// not up, when the track is disabled or stopped, and as chance has it (<see cref="InMemoryNetworkOptions.Loss"/>).</summary>
    /// <param name="frame">The frame; copied before this method returns.</param>
    /// <exception cref="InvalidOperationException">The track is a remote one.</exception>
    public void Send(ReadOnlyMemory<byte> frame)
    {
        if (_frames is not null) throw new InvalidOperationException("A remote track only receives: send on a local one.");
        if (!_isEnabled || _isStopped) return;
        foreach (TrackSender sender in _senders) sender.Send(frame);
    }

    internal static InMemoryMediaTrack Remote(string id, MediaKind kind) => new(id, kind, isRemote: true);

    internal void AddSender(TrackSender sender) =>
        ImmutableInterlocked.Update(ref _senders, static (senders, added) => senders.Add(added), sender);

    internal void RemoveSender(TrackSender sender) =>
        ImmutableInterlocked.Update(ref _senders, static (senders, removed) => senders.Remove(removed), sender);

    internal void Show(ReadOnlyMemory<byte> frame)
    {
        if (_isEnabled && !_isStopped) _frames!.OnNext(frame);
    }

    internal void Stop()
    {
        if (_isStopped) return;
        _isStopped = true;
        _frames?.OnCompleted();
    }

    /// <summary>Subscribes each observer behind a guard, because a subject stops at the first that throws.</summary>
    private sealed class Isolated(InMemoryMediaTrack track) : IObservable<ReadOnlyMemory<byte>>
    {
        public IDisposable Subscribe(IObserver<ReadOnlyMemory<byte>> observer)
        {
            ArgumentNullException.ThrowIfNull(observer);
            return track._frames?.Subscribe(new Guarded(observer)) ?? Disposable.Empty;
        }
    }

    private sealed class Guarded(IObserver<ReadOnlyMemory<byte>> observer) : IObserver<ReadOnlyMemory<byte>>
    {
        public void OnNext(ReadOnlyMemory<byte> value) => Guard(static (observer, frame) => observer.OnNext(frame), value);

        public void OnError(Exception error) => Guard(static (observer, error) => observer.OnError(error), error);

        public void OnCompleted() => Guard(static (observer, _) => observer.OnCompleted(), 0);

        private void Guard<T>(Action<IObserver<ReadOnlyMemory<byte>>, T> tell, T argument)
        {
            try
            {
                tell(observer, argument);
            }
            catch (Exception)
            {
                // The observer's own fault: the ones behind it are still told.
            }
        }
    }
}
