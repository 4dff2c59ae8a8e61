using System.Text.Json.Nodes;
using System.Threading.Channels;
using RoomCall.DataChannels;
using RoomCall.Media;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Conformance;

/// <summary>
/// A peer that knows the book's fields and rules only (rows S9 to S26): no generation, no reason, nothing repaired, and what comes
/// before it has started is dropped. It is driven by hand over a signaler and an engine, and shares no code with the library's flow.
/// </summary>
public sealed class BookPeer : IPeerConnectionObserver, IDataChannelTransportObserver, IAsyncDisposable
{
    private readonly RoomGuestOfCall _guest;
    private readonly IPeerConnectionFactory _engine;
    private readonly Channel<Func<Task>> _work = Channel.CreateUnbounded<Func<Task>>();
    private readonly Channel<string> _texts = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _bye = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IPeerConnection? _connection;
    private IDataChannelTransport? _channel;
    private bool _hasLocalMedia;
    private bool _isStarted;
    private Task _reading = Task.CompletedTask;
    private Task _working = Task.CompletedTask;

    private BookPeer(RoomGuestOfCall guest, IPeerConnectionFactory engine)
    {
        _guest = guest;
        _engine = engine;
    }

    /// <summary>Ends when it knows of the other in the room, so that it can speak to it.</summary>
    public Task Met => _met.Task;

    /// <summary>Ends when the data channel is open.</summary>
    public Task Open => _open.Task;

    /// <summary>Ends when the other side has said bye.</summary>
    public Task HeardBye => _bye.Task;

    /// <summary>Enters the room.</summary>
    /// <param name="side">Its way to the server, and its engine.</param>
    /// <param name="hasLocalMedia">Whether it has its media before it enters; else <see cref="GetUserMedia"/> gets it.</param>
    public static async Task<BookPeer> EnterAsync(CallSide side, bool hasLocalMedia = false)
    {
        BookPeer peer = new(await RoomGuestOfCall.EnterAsync(side.Signaler), side.Engine) { _hasLocalMedia = hasLocalMedia };
        peer.NoteOther();
        peer._reading = peer.ReadAsync();
        peer._working = peer.WorkAsync();
        return peer;
    }

    /// <summary>Local media is there: says so and runs the gate (S11).</summary>
    public void GetUserMedia() => Post(async () =>
    {
        _hasLocalMedia = true;
        if (_guest.Other is not null)
        {
            await TellAsync("\"got user media\"");
        }

        await CheckAndStartAsync();
    });

    public void Say(string text) => _channel!.Send(DataMessage.FromText(text));

    public async Task<string> HearAsync() => await _texts.Reader.ReadAsync().Soon();

    /// <summary>Says bye (S24), and stops when it is disposed: a browser's connection may outlive its bye.</summary>
    public void SayBye() => Post(() => TellAsync("\"bye\""));

    public async ValueTask DisposeAsync()
    {
        // First what is still to be said, then the leave.
        _work.Writer.TryComplete();
        await _working.Soon();
        await _guest.LeaveAsync();
        await _reading.Soon();
        await _guest.DisposeAsync();
        await StopAsync();
    }

    void IPeerConnectionObserver.OnIceCandidate(IceCandidate candidate) => Post(() => TellAsync(new JsonObject
    {
        ["type"] = "candidate",
        ["label"] = candidate.SdpMLineIndex,
        ["id"] = candidate.SdpMid,
        ["candidate"] = candidate.Candidate,
    }));

    void IPeerConnectionObserver.OnIceGatheringComplete()
    {
    }

    void IPeerConnectionObserver.OnConnectionStateChanged(PeerConnectionState state)
    {
    }

    void IPeerConnectionObserver.OnDataChannel(IDataChannelTransport channel) => Take(channel);

    void IPeerConnectionObserver.OnStreamAdded(IMediaStream stream)
    {
    }

    void IPeerConnectionObserver.OnStreamRemoved(IMediaStream stream)
    {
    }

    void IDataChannelTransportObserver.OnOpen() => _open.TrySetResult();

    ValueTask IDataChannelTransportObserver.OnMessageAsync(DataMessage message)
    {
        _texts.Writer.TryWrite(message.Text);
        return default;
    }

    void IDataChannelTransportObserver.OnBufferedAmountLow()
    {
    }

    void IDataChannelTransportObserver.OnClosing()
    {
    }

    void IDataChannelTransportObserver.OnClosed(Exception? error)
    {
    }

    private void NoteOther()
    {
        if (_guest.Other is not null)
        {
            _met.TrySetResult();
        }
    }

    private void Post(Func<Task> work) => _work.Writer.TryWrite(work);

    private async Task WorkAsync()
    {
        await foreach (Func<Task> work in _work.Reader.ReadAllAsync())
        {
            await work();
        }
    }

    private async Task ReadAsync()
    {
        while (await _guest.NextAsync() is { } next)
        {
            NoteOther();
            Post(() => OnEventAsync(next));
        }
    }

    private Task OnEventAsync(RoomEvent roomEvent) => roomEvent switch
    {
        RoomEvent.Join => CheckAndStartAsync(),
        RoomEvent.Message message => OnMessageAsync(JsonNode.Parse(message.Payload.Span)!),
        _ => Task.CompletedTask,
    };

    private async Task OnMessageAsync(JsonNode message)
    {
        if (message is JsonValue text)
        {
            await OnTextAsync(text.GetValue<string>());
            return;
        }

        string sdp = (string?)message["sdp"] ?? "";
        switch ((string?)message["type"])
        {
            case "offer":
                await CheckAndStartAsync();
                await _connection!.SetRemoteDescriptionAsync(new SessionDescription(SdpType.Offer, sdp), default);
                await DescribeAsync(await _connection.CreateAnswerAsync(default), "answer");
                break;
            case "answer" when _isStarted:
                await _connection!.SetRemoteDescriptionAsync(new SessionDescription(SdpType.Answer, sdp), default);
                break;
            case "candidate" when _isStarted:
                await _connection!.AddIceCandidateAsync(
                    new IceCandidate((string)message["candidate"]!, (string?)message["id"], (int?)message["label"]), default);
                break;
        }
    }

    private async Task OnTextAsync(string text)
    {
        if (text == "got user media")
        {
            await CheckAndStartAsync();
        }
        else if (text == "bye" && _isStarted)
        {
            await StopAsync();
            _bye.TrySetResult();
        }
    }

    // S10.
    private async Task CheckAndStartAsync()
    {
        if (_isStarted || !_hasLocalMedia || _guest.Other is null)
        {
            return;
        }

        _connection = await _engine.CreateAsync(new PeerConnectionConfiguration(), this, default);
        _isStarted = true;
        if (_guest.IsInitiator)
        {
            Take(_connection.CreateDataChannel("sendDataChannel", DataChannelOptions.Reliable));
            await DescribeAsync(await _connection.CreateOfferAsync(new OfferOptions(false), default), "offer");
        }
    }

    private async Task DescribeAsync(SessionDescription description, string type)
    {
        await _connection!.SetLocalDescriptionAsync(description, default);
        await TellAsync(new JsonObject { ["type"] = type, ["sdp"] = description.Sdp });
    }

    private void Take(IDataChannelTransport channel)
    {
        _channel = channel;
        channel.Attach(this);
        if (channel.State == DataChannelState.Open)
        {
            _open.TrySetResult();
        }
    }

    private async Task StopAsync()
    {
        _isStarted = false;
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    private Task TellAsync(JsonNode message) => TellAsync(message.ToJsonString());

    private Task TellAsync(string message) => _guest.SendAsync(_guest.Other!, message);
}
