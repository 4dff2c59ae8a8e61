using System.Text;
using System.Threading.Channels;
using RoomCall.Signaling;
using RoomCall.Signaling.Links;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Tests.Signaling.Links;

/// <summary>A server of one stay that does what docs/protocol.md says and no more, behind a network that cuts each link where it is told.
/// A fault of the client is an exception here.</summary>
/// <param name="cuts">Where the links are cut, each in turn.</param>
/// <param name="acksLate">Whether it acknowledges as late as it may.</param>
/// <param name="takesFirst">Whether the first frame goes with the request.</param>
internal sealed class ModelServer(IEnumerable<Cut> cuts, bool acksLate, bool takesFirst) : ISignalingTransport
{
    private readonly Lock _gate = new();
    private readonly Queue<Cut> _cuts = new(cuts);
    private readonly List<byte[]> _sent = [];
    private readonly List<string> _received = [];
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ModelLink? _link;
    private string? _secret;
    private string _token = SignalingProtocol.NewSecret();
    private string? _formerToken;
    private long _counted;
    private long _acknowledged;
    private int _sinceAck;
    private int _next;
    private bool _hasLeft;

    public Exception? Fault { get; private set; }

    /// <summary>Ends when the client has asked for the room.</summary>
    public Task Entered => _entered.Task;

    public string[] Received
    {
        get
        {
            lock (_gate)
            {
                return [.. _received];
            }
        }
    }

    public ValueTask<ISignalingLink> ConnectAsync(ReadOnlyMemory<byte> first, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            bool isAgain = _secret is not null;
            Cut cut = _cuts.TryDequeue(out Cut? next) ? next : Cut.Never;
            ModelLink link = new(this, cut, takesFirst);
            if (takesFirst)
            {
                Take(link, first.ToArray());

                // The request arrives, and its answer is lost; a first link is not tried twice.
                if (isAgain && cut.AfterFromServer == 0)
                    return ValueTask.FromException<ISignalingLink>(new IOException("cut"));
            }

            return new ValueTask<ISignalingLink>(link);
        }
    }

    /// <summary>Sends an event to the client: now, or when it is there.</summary>
    public void Post(RoomEvent roomEvent, ResumeTicket? ticket = null)
    {
        lock (_gate)
        {
            _sent.Add(ServerFrameJson.Encode(ServerFrame.Of(roomEvent, ticket)));
            SendRest();
        }
    }

    private void Take(ModelLink link, byte[] bytes)
    {
        lock (_gate)
        {
            try
            {
                Require(ClientFrameJson.TryDecode(bytes, out ClientFrame frame, out string? error), error);
                if (frame.Type is ClientFrameType.CreateOrJoin or ClientFrameType.Resume)
                    Begin(link, frame);
                else if (_link == link)
                    Take(frame);
            }
            catch (Exception exception)
            {
                Fault ??= exception;
                _entered.TrySetException(exception);
            }
        }
    }

    private void Begin(ModelLink link, in ClientFrame frame)
    {
        Require(!link.HasBegun, "A link begins once.");
        link.HasBegun = true;
        if (frame.Type == ClientFrameType.CreateOrJoin)
        {
            Require(_secret is null || _secret == frame.Secret, "The secret changed.");
            Require(_counted == 0, "It asks again though it was let in and has sent frames.");
            Replace(link);
            _next = 0;
            if (_secret is null)
            {
                _secret = frame.Secret;
                Post(new RoomEvent.Log(["welcome"]));
                Post(new RoomEvent.Created("room", "me", []), new ResumeTicket(_token, 15));
                _entered.TrySetResult();
            }

            SendRest();
            return;
        }

        if (_hasLeft)
        {
            link.Deliver(ServerFrameJson.Encode(ServerFrame.Of(new RoomEvent.Error(RoomErrorCode.UnknownStay, "It has left."))));
            return;
        }

        Require(frame.Token == _token || frame.Token == _formerToken, "The token is not the present one.");
        Require(frame.Received >= _acknowledged && frame.Received <= _sent.Count, "It cannot have had so many.");
        _formerToken = frame.Token;
        _token = SignalingProtocol.NewSecret();
        Replace(link);
        _next = (int)frame.Received;
        _acknowledged = frame.Received;
        link.Deliver(ServerFrameJson.Encode(new ServerFrame { Type = ServerFrameType.Resumed, Received = _counted, Token = _token }));
        SendRest();
    }

    private void Take(in ClientFrame frame)
    {
        _formerToken = null;
        if (frame.Type == ClientFrameType.Ack)
        {
            Require(frame.Received >= _acknowledged && frame.Received <= _sent.Count, "It acknowledges what was not sent.");
            _acknowledged = frame.Received;
            return;
        }

        Require(frame.IsCounted, $"A frame that is none of these: {frame.Type}.");
        _counted++;
        if (frame.Type == ClientFrameType.Bye)
        {
            _link!.Deliver(ServerFrameJson.Encode(new ServerFrame { Type = ServerFrameType.End, Code = EndCode.Left }));
            _link.Close();
            _hasLeft = true;
            return;
        }

        _received.Add(Encoding.UTF8.GetString(frame.Payload.Span));
        if (++_sinceAck >= (acksLate ? SignalingProtocol.FramesPerAck : 5))
        {
            _sinceAck = 0;
            _link!.Deliver(ServerFrameJson.Encode(new ServerFrame { Type = ServerFrameType.Ack, Received = _counted }));
        }
    }

    private void Replace(ModelLink link)
    {
        _link?.Cut();
        _link = link;
    }

    private void SendRest()
    {
        while (_link is not null && _next < _sent.Count)
        {
            _link.Deliver(_sent[_next++]);
        }
    }

    private static void Require(bool holds, string? what)
    {
        if (!holds)
            throw new AssertionException(what ?? "");
    }

    private sealed class ModelLink(ModelServer server, Cut cut, bool hasSentFirst) : ISignalingLink
    {
        private readonly Channel<byte[]> _toClient = Channel.CreateUnbounded<byte[]>();
        private int _fromClient;
        private int _fromServer;
        private volatile bool _isCut;

        public LinkClosure? Closure => null;

        public bool HasBegun { get; set; }

        public bool HasSentFirst => hasSentFirst;

        public async ValueTask SendAsync(ReadOnlyMemory<byte> frame)
        {
            byte[] copy = frame.ToArray();
            await Task.Yield();
            if (_isCut)
                throw new IOException("cut");

            // What is lost was taken by the link all the same.
            if (_fromClient++ < cut.AfterFromClient)
                server.Take(this, copy);
            else
                Cut();
        }

        public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync()
        {
            if (await _toClient.Reader.WaitToReadAsync() && _toClient.Reader.TryRead(out byte[]? frame))
                return frame;

            return null;
        }

        public void Deliver(byte[] frame)
        {
            if (_isCut && !cut.IsHeld)
                return;

            if (_fromServer++ < cut.AfterFromServer)
                _toClient.Writer.TryWrite(frame);
            else
                Cut();
        }

        public void Cut()
        {
            _isCut = true;
            _toClient.Writer.TryComplete(new IOException("cut"));
        }

        public void Close() => _toClient.Writer.TryComplete();

        public ValueTask CloseAsync() => default;

        public ValueTask DisposeAsync()
        {
            Cut();
            return default;
        }
    }
}
