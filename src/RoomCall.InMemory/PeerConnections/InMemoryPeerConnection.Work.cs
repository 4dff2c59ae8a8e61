using RoomCall.PeerConnections;

namespace RoomCall.InMemory;

/// <content>How the parts of a connection work together: its lock, its inbox, its packets.</content>
public sealed partial class InMemoryPeerConnection
{
    /// <summary>Takes the connection's lock. When it is let go, what was posted meanwhile is done, so do not nest it.</summary>
    internal Scope Enter()
    {
        _gate.Enter();
        return new(_gate);
    }

    /// <summary>Does one item of the inbox.</summary>
    internal void Do(Action<InMemoryPeerConnection, object?> handler, object? argument, WorkKind kind)
    {
        if (kind == WorkKind.Packet)
        {
            using (Enter())
            {
                if (!_isDisposed) handler(this, argument);
            }
        }
        else if (!_isDisposed || kind == WorkKind.End)
        {
            handler(this, argument);
        }
    }

    /// <summary>Tells the observer, in its turn and with no lock held.</summary>
    internal void Notify(Action<IPeerConnectionObserver, object?> tell, object? argument = null) => Inbox.Post(
        static (connection, state) =>
        {
            (Action<IPeerConnectionObserver, object?> tell, object? argument) = ((Action<IPeerConnectionObserver, object?>, object?))state!;
            connection.Tell(tell, argument);
        },
        (tell, argument),
        WorkKind.Notice);

    /// <summary>Sends what brings the connection up; false where it is lost.</summary>
    internal bool SendTo(InMemoryPeerConnection peer, Action<InMemoryPeerConnection, object?> handler, object? argument)
    {
        if (!IsPathUpTo(peer)) return false;
        _packets.Send(peer, handler, argument);
        return true;
    }

    /// <summary>Sends to the peer what must arrive, now or when the network is back.</summary>
    internal void SendReliably(Action<InMemoryPeerConnection, object?> handler, object? argument) => _packets.SendReliably(handler, argument);

    /// <summary>The connection is up, for the first time or again: what waited is sent.</summary>
    internal void OnTransportUp()
    {
        if (!CanSend) return;
        _packets.Resume();
        Association.Resume();
    }

    internal void OnDeadline(int version) => Ice.OnDeadline(version);

    /// <summary>Has both sides look whether packets flow. The caller runs the <see cref="Trampoline"/>.</summary>
    internal void OnPathMayHaveChanged()
    {
        Look(this);
        if (Ice.Peer is { } peer) Look(peer);

        static void Look(InMemoryPeerConnection side) => side.Inbox.Post(static (connection, _) =>
        {
            connection.Ice.OnPath(connection.IsPathUp);
            connection.OnTransportUp();
        });
    }

    /// <summary>A task that ends when the connection is being disposed.</summary>
    internal Task WhenDisposing()
    {
        lock (_gate)
        {
            _disposing ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_isDisposed) _disposing.TrySetResult();
            return _disposing.Task;
        }
    }

    private bool IsPathUpTo(InMemoryPeerConnection peer) => !Network.IsDown && !IsDown && !peer.IsDown && peer.Network == Network;

    private Scope EnterAlive()
    {
        Scope scope = Enter();
        if (!_isDisposed) return scope;
        scope.Dispose();
        throw new ObjectDisposedException(nameof(InMemoryPeerConnection));
    }

    private ValueTask BeginAsync(InMemoryOperation operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return Factory.Faults.MeetAsync(operation, Network.Time, this, cancellationToken);
    }

    private void OnNegotiated()
    {
        if (Negotiation is not
            {
                State: SignalingState.Stable,
                AgreedLocal: { HasTransport: true, Ice: { } local },
                AgreedRemote: { HasTransport: true, Ice: { } remote },
            })
            return;
        Ice.Begin(local, remote);
        OnTransportUp();
    }

    private void OnPeerClosed(InMemoryPeerConnection peer)
    {
        if (Ice.Peer != peer) return;
        Ice.OnPeerClosed();
        Association.CutOff(new IOException("The remote peer closed its peer connection before the data channel was closed."));
    }

    private void SetDisconnected(bool isDisconnected)
    {
        _isDisconnected = isDisconnected;
        OnPathMayHaveChanged();
        Trampoline.Run();
    }

    private void Tell(Action<IPeerConnectionObserver, object?> tell, object? argument)
    {
        if (_hasVanished) return;
        try
        {
            tell(_observer, argument);
        }
        catch (Exception)
        {
            // An observer has promised not to throw. One that does must not end the delivery to all others on this thread.
        }
    }

    private void End(InMemoryDataChannel[] channels)
    {
        foreach (InMemoryDataChannel channel in channels) channel.Deliver();
        _disposed!.TrySetResult();
    }

    /// <summary>Holds the lock until it is disposed, and then does what was posted meanwhile.</summary>
    internal readonly ref struct Scope(Lock gate)
    {
        public void Dispose()
        {
            gate.Exit();
            Trampoline.Run();
        }
    }
}
