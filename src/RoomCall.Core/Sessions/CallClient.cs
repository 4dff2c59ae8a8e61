using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RoomCall.Diagnostics;
using RoomCall.PeerConnections;
using RoomCall.Scheduling;
using RoomCall.Signaling;

namespace RoomCall;

/// <summary>Joins rooms over one signaler with one engine. With dependency injection, take <see cref="ICallClient"/> instead.</summary>
public sealed class CallClient : ICallClient
{
    private static readonly CallOptionsValidator Validator = new();

    private readonly CallServices _services;
    private readonly CallOptions _defaults;

    /// <summary>Makes a client.</summary>
    /// <param name="signaler">The way to the signaling server.</param>
    /// <param name="peerConnections">The WebRTC engine.</param>
    /// <param name="options">How calls are made where a join names no options of its own; null: the defaults.</param>
    /// <param name="timeProvider">The clock of all time-outs; null: the system's.</param>
    /// <param name="loggerFactory">Where to log; null: nowhere.</param>
    /// <param name="meterFactory">Who makes the meter <c>RoomCall</c>; null: a meter of its own.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public CallClient(
        IRoomSignaler signaler,
        IPeerConnectionFactory peerConnections,
        CallOptions? options = null,
        TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null,
        IMeterFactory? meterFactory = null)
    {
        ArgumentNullException.ThrowIfNull(signaler);
        ArgumentNullException.ThrowIfNull(peerConnections);
        _defaults = Checked(options ?? new CallOptions());
        _services = new CallServices(
            signaler,
            peerConnections,
            timeProvider ?? TimeProvider.System,
            loggerFactory ?? NullLoggerFactory.Instance,
            CallMetrics.Of(meterFactory));
    }

    /// <inheritdoc/>
    public async Task<ICallSession> JoinAsync(string room, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(room);
        CallOptions used = options is null ? _defaults : Checked(options);
        cancellationToken.ThrowIfCancellationRequested();

        CallSession session = new(room, used, _services);
        try
        {
            // One that was let in is the caller's, also when it has ended since: what comes out must not depend on who is faster.
            CallState state = await session.WhenAsync(
                static state => state.Self is not null || state.Phase == CallPhase.Ended,
                cancellationToken).ConfigureAwait(DeterministicContext.IsCurrent);
            if (state.Self is not null)
            {
                return session;
            }
        }
        catch (OperationCanceledException)
        {
            await session.DisposeAsync().ConfigureAwait(DeterministicContext.IsCurrent);
            throw;
        }

        throw new RoomCallException(await session.Completion.ConfigureAwait(DeterministicContext.IsCurrent));
    }

    // A copy: what the caller changes later does not reach a session.
    private static CallOptions Checked(CallOptions options)
    {
        CallOptions copy = options with { };
        ValidateOptionsResult result = Validator.Validate(null, copy);
        return result.Succeeded
            ? copy with { IceServers = [.. copy.IceServers] }
            : throw new ArgumentException(result.FailureMessage, nameof(options));
    }
}
