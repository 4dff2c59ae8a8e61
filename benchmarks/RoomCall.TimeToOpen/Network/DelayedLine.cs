using System.Net.Sockets;
using System.Threading.Channels;

namespace RoomCall.TimeToOpen.Network;

/// <summary>One direction of a connection: what comes in goes out in the same order, each piece a while later, at any rate.</summary>
/// <param name="delay">How long a piece is under way.</param>
/// <param name="opensAt">The timestamp before which nothing sets out.</param>
internal sealed class DelayedLine(TimeSpan delay, long opensAt)
{
    private const int LargestPiece = 64 * 1024;

    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly Channel<(byte[] Bytes, long Due)> _underWay = Channel.CreateUnbounded<(byte[] Bytes, long Due)>();

    /// <summary>Carries bytes until the sender has no more; the end of what it sent arrives as late as the rest.</summary>
    public async Task CarryAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        Task delivering = DeliverAsync(to, cancellationToken);
        try
        {
            byte[] buffer = new byte[LargestPiece];
            while (await from.ReceiveAsync(buffer, cancellationToken) is > 0 and var length)
                _underWay.Writer.TryWrite((buffer[..length], DueNow()));
            _underWay.Writer.TryWrite(([], DueNow()));
        }
        finally
        {
            _underWay.Writer.Complete();
            await delivering;
        }
    }

    private long DueNow() => Math.Max(Clock.GetTimestamp(), opensAt) + (long)(delay.TotalSeconds * Clock.TimestampFrequency);

    private async Task DeliverAsync(Socket to, CancellationToken cancellationToken)
    {
        await foreach ((byte[] bytes, long due) in _underWay.Reader.ReadAllAsync(cancellationToken))
        {
            TimeSpan wait = Clock.GetElapsedTime(Clock.GetTimestamp(), due);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, Clock, cancellationToken);
            if (bytes.Length == 0) to.Shutdown(SocketShutdown.Send);
            for (int sent = 0; sent < bytes.Length;) sent += await to.SendAsync(bytes.AsMemory(sent), cancellationToken);
        }
    }
}
