using Microsoft.Extensions.Logging;
using RoomCall.DataChannels;

namespace RoomCall;

/// <summary>The data channels of a session: the call's own, which outlives the wait for a connection, and further ones.</summary>
internal sealed class SessionChannels
{
    private readonly CallOptions _options;
    private readonly Action<CallInput> _post;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly List<CallDataChannel> _further = [];
    private readonly DataChannelLobby _lobby = new();
    private volatile OwnChannel _own;

    public SessionChannels(CallOptions options, Action<CallInput> post, ILogger logger)
    {
        _options = options;
        _post = post;
        _logger = logger;
        _own = CreateOwn();
    }

    /// <summary>The channel of the present call or, between calls, of the next one.</summary>
    public IDataChannel Own => _own.Channel;

    /// <summary>Where further channels of the other side wait to be taken.</summary>
    public DataChannelLobby Lobby => _lobby;

    public void AttachOwn(int connection, IDataChannelTransport transport)
    {
        // One that its user closed before there was a connection is of no use to this call.
        OwnChannel own = _own.Channel.State == DataChannelState.Closed ? _own = CreateOwn() : _own;
        own.Connection = connection;
        own.Channel.Attach(transport);
        if (own.Channel.State == DataChannelState.Closed)
        {
            // It may have closed just before it knew its connection, and then the flow does not know.
            _post(new CallInput.DataChannelChanged(connection, DataChannelState.Closed));
        }
    }

    /// <summary>Adds a further channel.</summary>
    public CallDataChannel Add(IDataChannelTransport transport)
    {
        CallDataChannel channel = new(transport.Label, transport.Options, DataChannelLimits.From(_options), _logger);
        lock (_gate)
        {
            _further.RemoveAll(other => other.State == DataChannelState.Closed);
            _further.Add(channel);
        }

        channel.Attach(transport);
        return channel;
    }

    /// <summary>Takes a channel that the other side has opened: the call's own (S22), or a further one, which is returned.</summary>
    public IDataChannel? Accept(int connection, IDataChannelTransport transport)
    {
        if (transport.Label == _options.DataChannelLabel && _own.Connection != connection)
        {
            AttachOwn(connection, transport);
            return null;
        }

        CallDataChannel channel = Add(transport);
        _lobby.Enter(channel);
        return channel;
    }

    /// <summary>Closes all channels; ends when what was sent on them has arrived.</summary>
    public Task DeliverAsync()
    {
        CallDataChannel[] all;
        lock (_gate)
        {
            all = [.. _further, _own.Channel];
        }

        return Task.WhenAll(all.Select(channel => channel.CloseAsync()));
    }

    /// <summary>Cuts off the further channels, whose connection is closed.</summary>
    public void AbortFurther(Exception? fault)
    {
        CallDataChannel[] further;
        lock (_gate)
        {
            further = [.. _further];
            _further.Clear();
        }

        foreach (CallDataChannel channel in further)
        {
            channel.Abort(fault);
        }
    }

    /// <summary>Ends the call's own channel and makes that of the next connection; or keeps one that never opened.</summary>
    public void Renew(Exception? fault, bool keepUnopened)
    {
        OwnChannel own = _own;
        if (keepUnopened && own.Channel.TryDetach())
        {
            own.Connection = 0;
            return;
        }

        _own = CreateOwn();
        own.Channel.Abort(fault);
    }

    /// <summary>The session is over.</summary>
    public void Close(Exception? fault, CallEndReason sessionEnded)
    {
        AbortFurther(fault);
        _own.Channel.Abort(fault);
        _lobby.Close(sessionEnded);
    }

    private OwnChannel CreateOwn()
    {
        OwnChannel own = new();
        own.Channel = new(_options.DataChannelLabel, _options.DataChannel, DataChannelLimits.From(_options), _logger, (_, state) =>
            _post(new CallInput.DataChannelChanged(own.Connection, state)));
        return own;
    }

    private sealed class OwnChannel
    {
        public CallDataChannel Channel { get; set; } = null!;

        /// <summary>The peer connection that carries it; 0: none yet.</summary>
        public volatile int Connection;
    }
}
