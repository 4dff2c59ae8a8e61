using Microsoft.Extensions.Logging;
using RoomCall.DataChannels;
using RoomCall.Media;
using RoomCall.PeerConnections;
using RoomCall.Scheduling;

namespace RoomCall;

/// <summary>
/// A session's side of the engine: runs the flow's operations one at a time, in order, each within
/// <see cref="CallTimeouts.Operation"/>; what comes of them becomes inputs.
/// </summary>
internal sealed partial class SessionEngine(
    IPeerConnectionFactory factory,
    CallOptions options,
    SessionChannels channels,
    TimeProvider timeProvider,
    Action<CallInput> post,
    ILogger logger)
{
    private readonly SerialQueue _operations = new();
    private volatile EngineConnection? _current;

    public void CreatePeerConnection(int number, bool withDataChannel, IMediaStream? stream, IReadOnlyList<IceServer> recommendedServers)
    {
        EngineConnection connection = new(number, post);
        _current = connection;
        PeerConnectionConfiguration configuration = new()
        {
            IceServers = [.. options.IceServers, .. recommendedServers],
            IceTransportPolicy = options.IceTransportPolicy,
        };
        Run(connection, EngineOperation.CreatePeerConnection, async token =>
        {
            IPeerConnection peer = await factory.CreateAsync(configuration, connection, token).ConfigureAwait(DeterministicContext.IsCurrent);
            if (!connection.TryKeep(peer))
            {
                await peer.DisposeAsync().ConfigureAwait(DeterministicContext.IsCurrent);
                return null;
            }

            if (stream is not null)
            {
                peer.AddStream(stream);
            }

            if (withDataChannel)
            {
                IDataChannelTransport transport = peer.CreateDataChannel(options.DataChannelLabel, options.DataChannel); // S18
                connection.WhileOpen(() => channels.AttachOwn(number, transport));
            }

            return null;
        });
    }

    public void CreateOffer(int number, bool iceRestart) => Run(number, EngineOperation.CreateOffer, async (peer, token) =>
    {
        OfferOptions offerOptions = new(iceRestart);
        return new CallInput.OfferCreated(number, await peer.CreateOfferAsync(offerOptions, token).ConfigureAwait(DeterministicContext.IsCurrent));
    });

    public void CreateAnswer(int number) => Run(number, EngineOperation.CreateAnswer, async (peer, token) =>
        new CallInput.AnswerCreated(number, await peer.CreateAnswerAsync(token).ConfigureAwait(DeterministicContext.IsCurrent)));

    public void SetLocalDescription(int number, SessionDescription description) =>
        Run(number, EngineOperation.SetLocalDescription, async (peer, token) =>
        {
            await peer.SetLocalDescriptionAsync(description, token).ConfigureAwait(DeterministicContext.IsCurrent);
            return new CallInput.LocalDescriptionApplied(number, description);
        });

    public void SetRemoteDescription(int number, SessionDescription description) =>
        Run(number, EngineOperation.SetRemoteDescription, async (peer, token) =>
        {
            await peer.SetRemoteDescriptionAsync(description, token).ConfigureAwait(DeterministicContext.IsCurrent);
            return new CallInput.RemoteDescriptionApplied(number);
        });

    public void AddIceCandidate(int number, IceCandidate candidate) =>
        Run(number, EngineOperation.AddIceCandidate, async (peer, token) =>
        {
            await peer.AddIceCandidateAsync(candidate, token).ConfigureAwait(DeterministicContext.IsCurrent);
            return null;
        });

    /// <summary>Closes a connection: operations under way end and its further channels close; if <paramref name="deliver"/>, all of its
    /// channels do after what was sent on them has arrived.</summary>
    public void Close(int number, bool deliver, Exception? fault)
    {
        if (_current is not { } connection || connection.Number != number)
        {
            return;
        }

        _current = null;
        try
        {
            connection.Close();
        }
        catch (AggregateException exception)
        {
            // What the engine does when its token is cancelled failed; the connection is closed all the same.
            Log.CloseFailed(logger, exception);
        }

        if (!deliver)
        {
            channels.AbortFurther(fault);
        }

        _operations.Enqueue(() => CloseAsync(connection, deliver));
    }

    /// <summary>Closes the connection in hand, if there is one.</summary>
    public void CloseCurrent(Exception? fault)
    {
        if (_current is { } connection)
        {
            Close(connection.Number, deliver: false, fault);
        }
    }

    /// <summary>Opens a further data channel on the connection in hand; null when there is none.</summary>
    public Task<IDataChannel?> CreateDataChannelAsync(string label, DataChannelOptions channelOptions)
    {
        TaskCompletionSource<IDataChannel?> created = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _operations.Enqueue(() =>
        {
            try
            {
                created.SetResult(_current is { IsClosed: false, Peer: { } peer, Number: var number }
                    ? channels.Add(number, peer.CreateDataChannel(label, channelOptions))
                    : null);
            }
            catch (Exception exception)
            {
                // The caller gets it.
                created.SetException(exception);
            }

            return default;
        });
        return created.Task;
    }

    public async Task<PeerConnectionStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        if (_current is { IsClosed: false, Peer: { } peer } connection)
        {
            try
            {
                return await peer.GetStatisticsAsync(cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
            }
            catch (ObjectDisposedException) when (connection.IsClosed)
            {
                // It was closed meanwhile: there is no connection any more.
            }
        }

        return new PeerConnectionStatistics();
    }

    public Task WhenIdleAsync() => _operations.WhenIdleAsync();

    /// <summary>While the flow's effects are done no operation begins: a connection is closed only after its data channel was renewed.</summary>
    public void Hold() => _operations.Hold();

    public void Release() => _operations.Release();

    private void Run(int number, EngineOperation operation, Func<IPeerConnection, CancellationToken, ValueTask<CallInput?>> work)
    {
        if (_current is { } connection && connection.Number == number)
        {
            // Where the connection could not be made, the flow has been told that, and what was meant for it is skipped.
            Run(connection, operation, token => connection.Peer is { } peer ? work(peer, token) : default);
        }
    }

    private void Run(EngineConnection connection, EngineOperation operation, Func<CancellationToken, ValueTask<CallInput?>> work) =>
        _operations.Enqueue(async () =>
        {
            if (connection.IsClosed)
            {
                return;
            }

            try
            {
                if (await WithinTimeAsync(work(connection.Closed), connection).ConfigureAwait(DeterministicContext.IsCurrent) is { } result)
                {
                    post(result);
                }
            }
            catch (Exception exception)
            {
                // Whatever an engine throws is the flow's to judge.
                if (!connection.IsClosed)
                {
                    Log.OperationFailed(logger, operation, exception);
                    post(new CallInput.OperationFailed(connection.Number, operation, exception.Message));
                }
            }
        });

    private async ValueTask<CallInput?> WithinTimeAsync(ValueTask<CallInput?> work, EngineConnection connection)
    {
        if (work.IsCompleted)
        {
            return await work.ConfigureAwait(DeterministicContext.IsCurrent);
        }

        Task<CallInput?> running = work.AsTask();
        Observe(running);
        try
        {
            return await DeterministicContext.Follow(running)
                .WaitAsync(options.Timeouts.Operation, timeProvider, connection.Closed)
                .ConfigureAwait(DeterministicContext.IsCurrent);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            throw new TimeoutException($"The engine did not end it in {options.Timeouts.Operation.TotalSeconds} s.");
        }
    }

    // An operation that is waited for no longer may still fail; nobody wants to hear of it then.
    private static void Observe(Task running) => running.ContinueWith(
        static task => _ = task.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private async ValueTask CloseAsync(EngineConnection connection, bool deliver)
    {
        try
        {
            if (deliver)
            {
                await channels.DeliverAsync().ConfigureAwait(DeterministicContext.IsCurrent);
            }
        }
        catch (Exception exception)
        {
            // The engine's own: what is left of the connection is thrown away.
            Log.CloseFailed(logger, exception);
        }

        try
        {
            if (connection.Peer is { } peer)
            {
                Task disposing = peer.DisposeAsync().AsTask();
                Observe(disposing);
                await DeterministicContext.Follow(disposing)
                    .WaitAsync(options.Timeouts.Operation, timeProvider)
                    .ConfigureAwait(DeterministicContext.IsCurrent);
            }
        }
        catch (Exception exception)
        {
            // It is being thrown away: nobody can do anything about it but read the log.
            Log.CloseFailed(logger, exception);
        }

        connection.Dispose();
        post(new CallInput.PeerConnectionClosed(connection.Number));
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Warning, "The engine failed: {Operation}.")]
        public static partial void OperationFailed(ILogger logger, EngineOperation operation, Exception exception);

        [LoggerMessage(1002, LogLevel.Warning, "A peer connection could not be closed.")]
        public static partial void CloseFailed(ILogger logger, Exception exception);
    }
}
