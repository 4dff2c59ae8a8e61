using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace RoomCall.Signaling.Links;

/// <summary>The client of the protocol of <c>docs/protocol.md</c>, over any transport. A connection that is lost is made again, as the
/// policy says, and the stay goes on where it was: nothing is lost, doubled or reordered. Safe for concurrent use.</summary>
/// <remarks>The first link of a stay is not tried twice: a wrong address is seen at once.</remarks>
public sealed class ResumingSignaler : IRoomSignaler
{
    private static readonly UTF8Encoding WellFormed = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ISignalingTransport _transport;
    private readonly ResumingSignalerOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;

    /// <summary>Makes a signaler.</summary>
    /// <param name="transport">The way to the server.</param>
    /// <param name="options">Name, limits and the policy; null: the defaults.</param>
    /// <param name="timeProvider">The clock of all waits; null: the system's.</param>
    /// <param name="loggerFactory">Where logs go, under the name of this class; null: nowhere.</param>
    /// <exception cref="ArgumentException">An option is outside its range, or the name is not well-formed text.</exception>
    public ResumingSignaler(
        ISignalingTransport transport,
        ResumingSignalerOptions? options = null,
        TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        WellFormed.GetByteCount(options?.Name ?? "");
        _transport = transport;
        _options = (options ?? new ResumingSignalerOptions()).Checked();
        _timeProvider = timeProvider ?? TimeProvider.System;
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<ResumingSignaler>();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The room's name is not well-formed text.</exception>
    public async ValueTask<IRoomConnection> ConnectAsync(string room, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(room);
        WellFormed.GetByteCount(room);
        cancellationToken.ThrowIfCancellationRequested();
        ResumingRoomConnection connection = new(room, _transport, _options, _timeProvider, _logger);
        connection.Start(await ConnectAsync(connection, cancellationToken).ConfigureAwait(Scheduling.DeterministicContext.IsCurrent));
        return connection;
    }

    private static async ValueTask<ISignalingLink> ConnectAsync(ResumingRoomConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.ConnectAsync(cancellationToken).ConfigureAwait(Scheduling.DeterministicContext.IsCurrent);
        }
        catch (Exception exception) when (exception is not RoomCallException && !cancellationToken.IsCancellationRequested)
        {
            throw new RoomCallException(
                RoomCallErrorCode.SignalingUnavailable, $"The signaling server could not be reached: {exception.Message}", exception);
        }
    }
}
