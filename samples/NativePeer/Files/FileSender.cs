using System.Security.Cryptography;
using RoomCall.DataChannels;

namespace RoomCall.Samples;

/// <summary>Sends one file, once in each call.</summary>
internal sealed class FileSender(string path, ICallSession session, Timeline timeline)
{
    private const int LargestPiece = 16 * 1024; // which every WebRTC implementation takes (RFC 8831, section 6.6)

    private readonly string _name = Path.GetFileName(path);
    private volatile bool _isDelivered;

    /// <summary>The next call is with somebody else.</summary>
    public void BeginAnew() => _isDelivered = false;

    /// <summary>Sends the file, unless the other side has it. To be called whenever the call's data channel has opened, which it does again
    /// when a lost connection was repaired.</summary>
    public async Task SendAsync()
    {
        if (_isDelivered)
            return;

        try
        {
            await using FileStream file = SourceFile.Open(path);
            await using IDataChannel channel = await session.OpenDataChannelAsync(FileFormat.Label);
            await SendAsync(file, channel);
        }
        catch (Exception fault) when (fault is WrongPathException or RefusedFileException or RoomCallException or IOException)
        {
            timeline.Happened($"file '{_name}' was not sent: {(fault is RoomCallException closed ? FileFormat.Why(closed) : fault.Message)}");
        }
    }

    private async Task SendAsync(FileStream file, IDataChannel channel)
    {
        long start = TimeProvider.System.GetTimestamp();
        timeline.Sent(FormattableString.Invariant($"file '{_name}' begins: {file.Length:N0} bytes"));
        using CancellationTokenSource stop = new();
        Task<string> writing = WriteAsync(file, channel, stop.Token);
        Task<FileWord> answering = ReadAnswerAsync(channel, stop.Token);
        try
        {
            // Whichever fails first tells why; and a refusal may come before all is written.
            await await Task.WhenAny(writing, answering);
            FileWord answer = await answering;
            if (answer.Refused is { } why)
                throw new RefusedFileException($"the other side refuses it. {why}");
            if (answer.Received != await writing)
                throw new RefusedFileException("it did not arrive whole.");

            _isDelivered = true;
            double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            timeline.Sent(FormattableString.Invariant($"file '{_name}' has arrived: SHA-256 {answer.Received}, {seconds:0.00} s"));
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(writing, answering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string> WriteAsync(FileStream file, IDataChannel channel, CancellationToken cancellationToken)
    {
        using IncrementalHash sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] piece = new byte[Math.Min(LargestPiece, channel.MaxMessageSize)];
        await channel.SendAsync(FileFormat.Write(new FileWord { Name = _name, Size = file.Length }), cancellationToken);
        try
        {
            while (await file.ReadAsync(piece, cancellationToken) is > 0 and int read)
            {
                sum.AppendData(piece, 0, read);
                await channel.SendAsync(piece.AsMemory(0, read), cancellationToken);
            }
        }
        catch (IOException)
        {
            await channel.SendAsync(FileFormat.Write(new FileWord()), cancellationToken); // a trailer that no part can match
            throw;
        }

        string digits = Convert.ToHexStringLower(sum.GetHashAndReset());
        await channel.SendAsync(FileFormat.Write(new FileWord { Sha256 = digits }), cancellationToken);
        return digits;
    }

    private static async Task<FileWord> ReadAnswerAsync(IDataChannel channel, CancellationToken cancellationToken) =>
        FileFormat.Read(await channel.ReceiveAsync(cancellationToken));
}
