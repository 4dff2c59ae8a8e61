using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Options;
using RoomCall.Signaling.Links;

namespace RoomCall.SignalR;

/// <summary>The way to a signaling server over a SignalR connection, which may carry other things beside: see
/// <see cref="ResumingSignaler"/>, which speaks over it. One for each connection: what is known of a connection is known to its transport. Safe
/// for concurrent use.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The semaphore has no handle unless it is asked for one.")]
public sealed class SignalRTransport : ISignalingTransport
{
    // A connection has no event for the end of its start.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private static readonly SignalRSignalerOptionsValidator Validator = new();

    private readonly HubConnection _connection;
    private readonly SignalRSignalerOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _starting = new(1);
    private readonly HashSet<SignalRLink> _links = [];
    private long _heardAt;
    private volatile bool _isDoubted;
    private bool _wasWaitedFor;

    /// <summary>Makes a transport.</summary>
    /// <param name="connection">The connection, to a hub that was mapped with <c>MapRoomCallHub</c>. It is not disposed here.</param>
    /// <param name="options">How it is used; null: the defaults. <see cref="SignalRSignalerOptions.Name"/>,
    /// <see cref="SignalRSignalerOptions.PingInterval"/> and <see cref="SignalRSignalerOptions.Reconnect"/> are the signaler's, and of no meaning
    /// here.</param>
    /// <param name="timeProvider">The clock of <see cref="SignalRSignalerOptions.ConnectTimeout"/>; null: the system's.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public SignalRTransport(HubConnection connection, SignalRSignalerOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _options = options is null ? new SignalRSignalerOptions() : options with { };
        ValidateOptionsResult result = Validator.Validate(null, _options);
        if (result.Failed)
        {
            throw new ArgumentException(result.FailureMessage, nameof(options));
        }

        _connection = connection;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _connection.Closed += OnLostAsync;
        _connection.Reconnecting += OnLostAsync;
    }

    /// <inheritdoc/>
    public async ValueTask<ISignalingLink> ConnectAsync(ReadOnlyMemory<byte> firstFrame, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(_options.ConnectTimeout, _timeProvider);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await GetReadyAsync(stop.Token).ConfigureAwait(false);
            try
            {
                return await OpenAsync(stop.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is InvalidOperationException || _connection.State != HubConnectionState.Connected)
            {
                // It was lost at this very moment, and nobody asks twice for a first link.
                await GetReadyAsync(stop.Token).ConfigureAwait(false);
                return await OpenAsync(stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is not RoomCallException)
        {
            throw limit.IsCancellationRequested
                ? ConnectFailure.OfTimeout(_connection.State, _options.ConnectTimeout, exception)
                : ConnectFailure.Of(exception);
        }
    }

    /// <summary>A link has heard the server, so that the connection is up.</summary>
    internal void Heard()
    {
        Volatile.Write(ref _heardAt, _timeProvider.GetTimestamp());
        _isDoubted = false;
    }

    /// <summary>A link is given up.</summary>
    /// <param name="link">The link.</param>
    /// <param name="hasEnded">Whether the server has ended it, or the client properly.</param>
    internal void GaveUp(SignalRLink link, bool hasEnded)
    {
        lock (_links)
        {
            _links.Remove(link);
        }

        // Its server may have said something that ends it, or another link may hear the server: then the connection is not to blame.
        if (!hasEnded && _timeProvider.GetElapsedTime(Volatile.Read(ref _heardAt)) >= _options.PingTimeout)
        {
            _isDoubted = true;
        }
    }

    private async Task<SignalRLink> OpenAsync(CancellationToken stop)
    {
        SignalRLink link = await SignalRLink.OpenAsync(_connection, _options.MaxFrameBytes, this, stop).ConfigureAwait(false);
        lock (_links)
        {
            // Where others are silent already, they are the measure.
            if (_links.Count == 0)
            {
                Heard();
            }

            _links.Add(link);
        }

        // It may have been lost before it was known here.
        if (_connection.State != HubConnectionState.Connected)
        {
            link.Break();
        }

        return link;
    }

    private async Task GetReadyAsync(CancellationToken stop)
    {
        await _starting.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (_options.StartConnection && IsToBeStopped())
            {
                await WithinAsync(_connection.StopAsync(stop), stop).ConfigureAwait(false);
            }

            bool isNew = false;
            while (_connection.State != HubConnectionState.Connected)
            {
                isNew = true;
                if (_connection.State == HubConnectionState.Disconnected)
                {
                    await StartAsync(stop).ConfigureAwait(false);
                }
                else
                {
                    _wasWaitedFor = _connection.State == HubConnectionState.Reconnecting;
                    await Task.Delay(Glance, _timeProvider, stop).ConfigureAwait(false);
                }
            }

            _wasWaitedFor = false;
            if (isNew)
            {
                Heard();
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Whether it is no use to wait for it. It may count as connected though the server does not answer on it, and SignalR may take
    /// half a minute to notice; or it is being reconnected by SignalR, which waits for longer than a call does between its last attempts.</summary>
    private bool IsToBeStopped() => _connection.State switch
    {
        HubConnectionState.Connected => _isDoubted,
        HubConnectionState.Reconnecting => _wasWaitedFor,
        _ => false,
    };

    private async Task StartAsync(CancellationToken stop)
    {
        if (!_options.StartConnection)
        {
            throw ConnectFailure.OfNotStarted();
        }

        try
        {
            await WithinAsync(_connection.StartAsync(stop), stop).ConfigureAwait(false);
        }
        catch (InvalidOperationException) when (_connection.State != HubConnectionState.Disconnected)
        {
            // Somebody else has started it at the same time.
        }
    }

    /// <summary>Not all that SignalR waits for ends with the token that it is given, a token provider of the program's for example. What comes
    /// of it later is nobody's.</summary>
    private static Task WithinAsync(Task task, CancellationToken stop)
    {
        _ = task.ContinueWith(
            static late => late.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return task.WaitAsync(stop);
    }

    /// <summary>It is made anew, and nothing is known about that one. A link of the next one may have begun when this comes late; it is only
    /// resumed once more then.</summary>
    private Task OnLostAsync(Exception? exception)
    {
        _isDoubted = false;
        SignalRLink[] links;
        lock (_links)
        {
            links = [.. _links];
        }

        foreach (SignalRLink link in links)
        {
            link.Break();
        }

        return Task.CompletedTask;
    }
}
