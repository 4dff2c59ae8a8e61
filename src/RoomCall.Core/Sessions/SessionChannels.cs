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
    private readonly List<HeldChannel> _further = [];
    private readonly EarlyClosings _early = new();
    private readonly DataChannelLobby _lobby = new();
    private volatile HeldChannel _own;

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
        HeldChannel own = _own.Channel.State == DataChannelState.Closed ? _own = CreateOwn() : _own;
        own.Connection = connection;
        own.Channel.Attach(transport);
        CloseIfSaidBefore(own);
        if (own.Channel.State == DataChannelState.Closed)
        {
            // It may have closed just before it knew its connection, and then the flow does not know.
            _post(new CallInput.DataChannelChanged(connection, DataChannelState.Closed));
        }
    }

    /// <summary>Adds a further channel.</summary>
    public CallDataChannel Add(int connection, IDataChannelTransport transport)
    {
        HeldChannel further = new() { Connection = connection };
        further.Channel = new(
            transport.Label,
            transport.Options,
            DataChannelLimits.From(_options),
            _logger,
            closing: (_, closing) => Post(further, closing));
        lock (_gate)
        {
            _further.RemoveAll(other => other.Channel.State == DataChannelState.Closed);
            _further.Add(further);
        }

        further.Channel.Attach(transport);
        CloseIfSaidBefore(further);
        return further.Channel;
    }

    /// <summary>Takes a channel that the other side has opened: the call's own (S22), or a further one, which is returned.</summary>
    public IDataChannel? Accept(int connection, IDataChannelTransport transport)
    {
        if (transport.Label == _options.DataChannelLabel && _own.Connection != connection)
        {
            AttachOwn(connection, transport);
            return null;
        }

        CallDataChannel channel = Add(connection, transport);
        _lobby.Enter(channel);
        return channel;
    }

    /// <summary>The other side has closed a channel after so many messages: closes it too when they have come. One that is closed here does
    /// not mind, and what is said of one that has not come yet waits for it.</summary>
    public void CloseAfter(int connection, int channel, long messages)
    {
        HeldChannel? closed;
        lock (_gate)
        {
            closed = _further.Append(_own).FirstOrDefault(held =>
                held.Connection == connection && held.Channel.State != DataChannelState.Closed && held.Channel.Id == channel);
            if (closed is null)
            {
                _early.Add(connection, channel, messages);
            }
        }

        closed?.Channel.CloseAfter(messages);
    }

    /// <summary>Closes all channels; ends when what was sent on them has arrived.</summary>
    public Task DeliverAsync()
    {
        CallDataChannel[] all;
        lock (_gate)
        {
            all = [.. _further.Append(_own).Select(held => held.Channel)];
        }

        return Task.WhenAll(all.Select(channel => channel.CloseAsync()));
    }

    /// <summary>Cuts off the further channels, whose connection is closed.</summary>
    public void AbortFurther(Exception? fault)
    {
        HeldChannel[] further;
        lock (_gate)
        {
            further = [.. _further];
            _further.Clear();
        }

        foreach (HeldChannel held in further)
        {
            held.Channel.Abort(fault);
        }
    }

    /// <summary>Ends the call's own channel and makes that of the next connection; or keeps one that never opened.</summary>
    public void Renew(Exception? fault, bool keepUnopened)
    {
        HeldChannel own = _own;
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

    private HeldChannel CreateOwn()
    {
        HeldChannel own = new();
        own.Channel = new(
            _options.DataChannelLabel,
            _options.DataChannel,
            DataChannelLimits.From(_options),
            _logger,
            (_, state) => _post(new CallInput.DataChannelChanged(own.Connection, state)),
            (_, closing) => Post(own, closing));
        return own;
    }

    private void Post(HeldChannel held, ChannelClosing closing) =>
        _post(new CallInput.ChannelClosed(held.Connection, closing.Id, closing.Messages, closing.IsAnswer));

    private void CloseIfSaidBefore(HeldChannel held)
    {
        long? messages = null;
        lock (_gate)
        {
            if (held.Channel.Id is { } id)
            {
                messages = _early.Take(held.Connection, id);
            }
        }

        if (messages is { } sent)
        {
            held.Channel.CloseAfter(sent);
        }
    }

    private sealed class HeldChannel
    {
        public CallDataChannel Channel { get; set; } = null!;

        /// <summary>The peer connection that carries it; 0: none yet.</summary>
        public volatile int Connection;
    }
}
