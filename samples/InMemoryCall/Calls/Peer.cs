using System.Threading.Channels;
using RoomCall.DataChannels;
using RoomCall.InMemory;
using RoomCall.Media;

namespace RoomCall.Samples;

/// <summary>One who takes part in the calls: a session, its media, and what happens to it, drawn.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private readonly Channel<CallEvent> _shown = Channel.CreateUnbounded<CallEvent>();
    private readonly InMemoryMediaSource _media;
    private readonly TracedSignaler _signaler;
    private readonly SequenceView _view;
    private readonly IDisposable _subscription;

    private Peer(string name, ICallSession session, InMemoryMediaSource media, TracedSignaler signaler, SequenceView view)
    {
        (Name, Session, _media, _signaler, _view) = (name, session, media, signaler, view);
        _subscription = session.Events.Subscribe(Show, () => _shown.Writer.TryComplete());
    }

    public string Name { get; }

    public ICallSession Session { get; }

    /// <summary>The camera and the microphone; null before the user has allowed them.</summary>
    public InMemoryMediaStream? LocalStream { get; private set; }

    /// <summary>What the other side's camera and microphone send; null before it is there.</summary>
    public InMemoryMediaStream? RemoteStream { get; private set; }

    /// <summary>Joins a room. The media waits for <see cref="AllowMedia"/>, as a browser waits for its user.</summary>
    public static async Task<Peer> JoinAsync(
        InMemoryWorld world,
        string room,
        string name,
        SequenceView view,
        CancellationToken cancellationToken)
    {
        InMemoryMediaSource media = new(askConsent: true, name: name);
        TracedSignaler signaler = new(world.CreateSignaler(), name, view);
        CallClient client = new(signaler, world.CreateEngine());
        ICallSession session = await client.JoinAsync(room, new CallOptions { Media = media }, cancellationToken);
        return new Peer(name, session, media, signaler, view);
    }

    /// <summary>The user consents to the use of camera and microphone.</summary>
    public void AllowMedia() => _media.Grant();

    /// <summary>Waits until it is drawn that camera and microphone are there.</summary>
    public Task WhenLocalMediaShownAsync(CancellationToken cancellationToken) =>
        WhenShownAsync(static shown => shown is CallEvent.LocalMediaReady, cancellationToken);

    /// <summary>Waits until it is drawn that the next call is connected and its data channel open, whichever comes first.</summary>
    public Task WhenConnectedShownAsync(CancellationToken cancellationToken)
    {
        bool isConnected = false;
        bool isOpen = false;
        return WhenShownAsync(IsReady, cancellationToken);

        bool IsReady(CallEvent shown)
        {
            isConnected |= shown is CallEvent.CallConnected;
            isOpen |= shown is CallEvent.DataChannelOpened;
            return isConnected && isOpen;
        }
    }

    /// <summary>Waits until it is drawn that the call has ended.</summary>
    public Task WhenCallEndedShownAsync(CancellationToken cancellationToken) =>
        WhenShownAsync(static shown => shown is CallEvent.CallEnded, cancellationToken);

    /// <summary>Waits until it is drawn that the other peer left the room.</summary>
    public Task WhenOtherLeftAsync(CancellationToken cancellationToken) => _signaler.WhenOtherLeftAsync(cancellationToken);

    /// <summary>Sends a text over the call's data channel.</summary>
    public ValueTask SendAsync(string text, CancellationToken cancellationToken) => Session.DataChannel.SendAsync(text, cancellationToken);

    /// <summary>Takes the next text of the call's data channel.</summary>
    /// <exception cref="RoomCallException">The channel closed before.</exception>
    public async Task<string> ReceiveAsync(CancellationToken cancellationToken)
    {
        await foreach (DataMessage message in Session.DataChannel.ReadAllAsync(cancellationToken))
        {
            return message.Text;
        }

        throw new RoomCallException(RoomCallErrorCode.DataChannelClosed, $"The data channel closed before {Name} got the message.");
    }

    /// <summary>Hangs up, if that was not done.</summary>
    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        _subscription.Dispose();
        _signaler.Dispose();
    }

    private void Show(CallEvent callEvent)
    {
        switch (callEvent)
        {
            case CallEvent.LocalMediaReady { Stream: InMemoryMediaStream stream }:
                LocalStream = stream;
                _view.Happened(Name, $"local stream: {Kinds(stream)}");
                break;
            case CallEvent.CallStarted started:
                _view.Happened(Name, started.IsInitiator ? "started: makes the offer" : "started: takes the offer");
                break;
            case CallEvent.RemoteStreamAdded { Stream: InMemoryMediaStream stream }:
                RemoteStream = stream;
                _view.Happened(Name, $"remote stream: {Kinds(stream)}");
                break;
            case CallEvent.RemoteStreamRemoved: _view.Happened(Name, "remote stream removed"); break;
            case CallEvent.CallConnected connected: _view.Happened(Name, $"connected (generation {connected.Generation})"); break;
            case CallEvent.DataChannelOpened: _view.Happened(Name, "data channel open"); break;
            case CallEvent.DataChannelReceived received: _view.Happened(Name, $"data channel '{received.Channel.Label}' open"); break;
            case CallEvent.CallEnded ended: _view.Happened(Name, $"call ended: {ended.Reason.Code}"); break;
            case CallEvent.RecoveryStarted recovery: _view.WentWrong(Name, $"connection lost, repair {recovery.Attempt}"); break;
            case CallEvent.SignalDropped dropped: _view.WentWrong(Name, $"dropped: {dropped.Code}"); break;
            case CallEvent.ServerError error: _view.WentWrong(Name, $"refused: {error.Code}"); break;
        }

        _shown.Writer.TryWrite(callEvent);
    }

    // The session's own waits end when its state has moved, which is before its events are told: too early for what is drawn next.
    private async Task WhenShownAsync(Func<CallEvent, bool> isLast, CancellationToken cancellationToken)
    {
        await foreach (CallEvent shown in _shown.Reader.ReadAllAsync(cancellationToken))
        {
            if (isLast(shown)) return;
        }

        throw new RoomCallException(await Session.Completion);
    }

    private static string Kinds(IMediaStream stream) =>
        string.Join(" + ", stream.Tracks.Select(track => track.Kind == MediaKind.Audio ? "audio" : "video"));
}
