using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RoomCall.Scheduling;
using RoomCall.Signaling;

namespace RoomCall;

/// <summary>A session's connection to the signaling server: events become inputs, messages are sent in order.</summary>
internal sealed partial class SessionSignaling(IRoomSignaler signaler, string room, Action<CallInput> post, ILogger logger) : IAsyncDisposable
{
    // So many inputs from outside may wait for the loop; above it the connection is read no further, and the sender is slowed.
    private const int MaxUnprocessed = 64;

    private readonly CancellationTokenSource _stop = new();
    private readonly SerialQueue _outgoing = new();
    private readonly Channel<byte> _unprocessed = Channel.CreateBounded<byte>(MaxUnprocessed);
    private IRoomConnection? _connection;
    private Task _reading = Task.CompletedTask;

    // On the pool: a signaler that blocks before its first await must not stop the loop, and with it every time-out.
    public void Join() => _reading = DeterministicContext.Run(ReadAsync);

    /// <summary>The loop has taken an input that came from the server.</summary>
    public void Processed() => _unprocessed.Reader.TryRead(out _);

    public void Send(string to, PeerMessage message) => _outgoing.Enqueue(() => SendAsync(message, to, parkAs: 0));

    public void Park(int generation, PeerMessage message) => _outgoing.Enqueue(() => SendAsync(message, to: null, generation));

    public void Leave() => _outgoing.Enqueue(LeaveAsync);

    public async ValueTask DisposeAsync()
    {
        await DeterministicContext.CancelAsync(_stop).ConfigureAwait(DeterministicContext.IsCurrent);
        await _reading.ConfigureAwait(DeterministicContext.IsCurrent);
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            IRoomConnection connection = await signaler.ConnectAsync(room, _stop.Token).ConfigureAwait(DeterministicContext.IsCurrent);
            await using (connection.ConfigureAwait(DeterministicContext.IsCurrent))
            {
                _connection = connection;
                await foreach (RoomEvent roomEvent in connection.ReadAllAsync(_stop.Token).ConfigureAwait(DeterministicContext.IsCurrent))
                {
                    await _unprocessed.Writer.WriteAsync(0, _stop.Token).ConfigureAwait(DeterministicContext.IsCurrent);
                    post(ToInput(roomEvent));
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            // Whatever an adapter throws ends this session only, with a reason.
            post(new CallInput.SignalingEnded(exception.Message));
            Log.ConnectionFailed(logger, exception);
            return;
        }

        post(new CallInput.SignalingEnded("The connection to the signaling server ended."));
    }

    private static CallInput ToInput(RoomEvent roomEvent)
    {
        if (roomEvent is not RoomEvent.Message { From: var from, Payload: var payload })
        {
            return new CallInput.Room(roomEvent);
        }

        return PeerMessageJson.TryDecode(payload.Span, out PeerMessage? message, out string? error)
            ? new CallInput.PeerSaid(from, message)
            : new CallInput.PeerSaidNonsense(from, error);
    }

    private async ValueTask SendAsync(PeerMessage message, string? to, int parkAs)
    {
        try
        {
            if (_connection is { } connection)
            {
                byte[] payload = PeerMessageJson.Encode(message);
                ValueTask sending = parkAs > 0
                    ? connection.ParkAsync(payload, parkAs, _stop.Token)
                    : connection.SendAsync(payload, to, _stop.Token);
                await sending.ConfigureAwait(DeterministicContext.IsCurrent);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (ArgumentException exception)
        {
            post(new CallInput.MessageNotSendable($"A message ({message.Kind}) cannot be sent: {exception.Message}"));
            Log.SendFailed(logger, message.Kind, exception);
        }
        catch (Exception exception)
        {
            // D11: a message that is lost is never lost silently. The other side would wait for it, so the session ends.
            post(new CallInput.SignalingEnded($"A message ({message.Kind}) could not be sent: {exception.Message}"));
            Log.SendFailed(logger, message.Kind, exception);
        }
    }

    private async ValueTask LeaveAsync()
    {
        try
        {
            if (_connection is { } connection)
            {
                await connection.LeaveAsync(_stop.Token).ConfigureAwait(DeterministicContext.IsCurrent);
            }
        }
        catch (Exception exception)
        {
            // The connection has ended, and the room was left by that.
            Log.LeaveFailed(logger, exception);
        }

        post(new CallInput.RoomLeft());
    }

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Debug, "The connection to the signaling server failed or ended.")]
        public static partial void ConnectionFailed(ILogger logger, Exception exception);

        [LoggerMessage(1102, LogLevel.Debug, "A message ({Kind}) could not be sent.")]
        public static partial void SendFailed(ILogger logger, SignalKind kind, Exception exception);

        [LoggerMessage(1103, LogLevel.Debug, "Leaving the room failed.")]
        public static partial void LeaveFailed(ILogger logger, Exception exception);
    }
}
