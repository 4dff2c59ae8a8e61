using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Options;
using RoomCall.Signaling.Links;

namespace RoomCall.SignalR;

/// <summary>The way to a signaling server over a SignalR connection, which may carry other things beside: see
/// <see cref="ResumingSignaler"/>, which speaks over it. Safe for concurrent use.</summary>
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
    private int _losses;
    private int _doubtedAt = -1;

    /// <summary>Makes a transport.</summary>
    /// <param name="connection">The connection, to a hub that was mapped with <c>MapRoomCallHub</c>. It is not disposed here.</param>
    /// <param name="options">How it is used; null: the defaults. <see cref="SignalRSignalerOptions.Name"/>,
    /// <see cref="SignalRSignalerOptions.PingInterval"/>, <see cref="SignalRSignalerOptions.PingTimeout"/> and
    /// <see cref="SignalRSignalerOptions.Reconnect"/> are the signaler's, and of no meaning here.</param>
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
    public async ValueTask<ISignalingLink> ConnectAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(_options.ConnectTimeout, _timeProvider);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await GetReadyAsync(stop.Token).ConfigureAwait(false);
            int losses = Volatile.Read(ref _losses);
            return await SignalRLink.OpenAsync(_connection, _options.MaxFrameBytes, () => Volatile.Write(ref _doubtedAt, losses), stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is not RoomCallException)
        {
            throw limit.IsCancellationRequested
                ? ConnectFailure.OfTimeout(_connection.State, _options.ConnectTimeout, exception)
                : ConnectFailure.Of(exception);
        }
    }

    private async Task GetReadyAsync(CancellationToken stop)
    {
        await _starting.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            // It still counts as connected, but the server did not answer on it: SignalR may take half a minute to notice.
            if (_options.StartConnection && _connection.State == HubConnectionState.Connected && _doubtedAt == Volatile.Read(ref _losses))
            {
                await _connection.StopAsync(stop).ConfigureAwait(false);
            }

            _doubtedAt = -1;
            while (_connection.State != HubConnectionState.Connected)
            {
                if (_connection.State == HubConnectionState.Disconnected)
                {
                    await StartAsync(stop).ConfigureAwait(false);
                }
                else
                {
                    await Task.Delay(Glance, _timeProvider, stop).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task StartAsync(CancellationToken stop)
    {
        if (!_options.StartConnection)
        {
            throw ConnectFailure.OfNotStarted();
        }

        try
        {
            await _connection.StartAsync(stop).ConfigureAwait(false);
        }
        catch (InvalidOperationException) when (_connection.State != HubConnectionState.Disconnected)
        {
            // Somebody else has started it at the same time.
        }
    }

    private Task OnLostAsync(Exception? exception)
    {
        Interlocked.Increment(ref _losses);
        return Task.CompletedTask;
    }
}
