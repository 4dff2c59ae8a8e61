using System.Security.Cryptography;
using RoomCall.DataChannels;

namespace RoomCall.Samples;

/// <summary>Sends a file over a data channel of its own and compares the sums of both sides. No more of it is in memory than the channel
/// buffers.</summary>
internal sealed class FileTransfer(FileStream file, Peer from, Peer to, SequenceView view)
{
    private const string Label = "file";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Task<IDataChannel> accepted = to.Session.AcceptDataChannelAsync(Label, cancellationToken);
        IDataChannel outgoing = await from.Session.OpenDataChannelAsync(Label, cancellationToken: cancellationToken);
        IDataChannel incoming = await accepted;

        using SHA256 sentSum = SHA256.Create();
        using SHA256 gotSum = SHA256.Create();
        long start = TimeProvider.System.GetTimestamp();
        long size = await TransferBar.ShowAsync(view.Console, Path.GetFileName(file.Name), file.Length, async progress =>
        {
            Task sending = SendAsync(outgoing, sentSum, cancellationToken);
            Task<long> receiving = ReceiveAsync(incoming, gotSum, progress, cancellationToken);
            await Task.WhenAll(sending, receiving);
            return await receiving;
        });
        TimeSpan time = TimeProvider.System.GetElapsedTime(start);

        view.DataArrived(to.Name, FormattableString.Invariant($"file '{Path.GetFileName(file.Name)}': {size:N0} bytes"));
        Report(Convert.ToHexStringLower(sentSum.Hash!), Convert.ToHexStringLower(gotSum.Hash!), size, time);
    }

    private async Task SendAsync(IDataChannel channel, SHA256 sum, CancellationToken cancellationToken)
    {
        await using DataChannelStream stream = channel.AsStream();
        try
        {
            await using CryptoStream summed = new(file, sum, CryptoStreamMode.Read, leaveOpen: true);
            await summed.CopyToAsync(stream, cancellationToken);
            await stream.CompleteWritesAsync(cancellationToken);
        }
        catch
        {
            stream.Abort(); // the other side must not take a part for the whole
            throw;
        }
    }

    private static async Task<long> ReceiveAsync(
        IDataChannel channel,
        SHA256 sum,
        IProgress<long> progress,
        CancellationToken cancellationToken)
    {
        Counter counter = new(progress);
        await using DataChannelStream stream = channel.AsStream(new DataChannelStreamOptions { Read = counter });
        await using CryptoStream summed = new(Stream.Null, sum, CryptoStreamMode.Write);
        await stream.CopyToAsync(summed, cancellationToken);
        await summed.FlushFinalBlockAsync(cancellationToken);
        return counter.Total;
    }

    private void Report(string sent, string got, long size, TimeSpan time)
    {
        if (sent != got) throw new IOException($"The file did not arrive as it was sent: SHA-256 {sent} became {got}.");
        double megabytes = size / 1e6;
        view.Say($"{from.Name + " sent",-11}  {sent}");
        view.Say($"{to.Name + " got",-11}  {got}");
        view.Say(FormattableString.Invariant(
            $"{"SHA-256",-11}  equal; {megabytes:0.0} MB in {time.TotalSeconds:0.00} s: {megabytes / Math.Max(time.TotalSeconds, 1e-6):0.0} MB/s"));
    }

    private sealed class Counter(IProgress<long> next) : IProgress<long>
    {
        public long Total { get; private set; }

        public void Report(long value)
        {
            Total = value;
            next.Report(value);
        }
    }
}
