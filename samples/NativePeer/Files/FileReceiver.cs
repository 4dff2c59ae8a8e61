using RoomCall.DataChannels;

namespace RoomCall.Samples;

/// <summary>Takes the files of the other side, several at once, and answers each.</summary>
internal sealed class FileReceiver(DownloadFolder? folder, Timeline timeline)
{
    private const int MostAtOnce = 8;

    /// <summary>Takes file after file until this side has left the room.</summary>
    public async Task ReceiveAllAsync(ICallSession session)
    {
        List<Task> underWay = [];
        try
        {
            while (true)
            {
                IDataChannel channel = await session.AcceptDataChannelAsync();
                underWay.RemoveAll(static task => task.IsCompletedSuccessfully);
                bool isTaken = channel.Label == FileFormat.Label && underWay.Count < MostAtOnce;
                underWay.Add(isTaken ? ReceiveAsync(channel) : channel.CloseAsync());
            }
        }
        catch (RoomCallException)
        {
            // The session has ended.
        }

        await Task.WhenAll(underWay);
    }

    private async Task ReceiveAsync(IDataChannel channel)
    {
        await using IDataChannel closedAtTheEnd = channel; // behind the answer
        string name = "a file";
        try
        {
            FileWord header = FileFormat.Read(await channel.ReceiveAsync());
            if (header is not { Name: { } wished, Size: >= 0 and { } size })
                throw new RefusedFileException("It is no file that this program knows.");

            name = $"file '{SafeName.Of(wished)}'";
            timeline.Came(FormattableString.Invariant($"{name} begins: {size:N0} bytes"));
            await using IncomingFile file = IncomingFile.Begin(SafeName.Of(wished), size, folder);
            string sum = await TakeAsync(channel, file);
            string where = file.Keep() is { } path ? $", saved as {path}" : "";
            await channel.SendAsync(FileFormat.Write(new FileWord { Received = sum }));
            timeline.Came(FormattableString.Invariant($"{name}: {size:N0} bytes, SHA-256 {sum}{where}"));
        }
        catch (RefusedFileException refusal)
        {
            await RefuseAsync(channel, refusal.Message);
            timeline.Happened($"{name} is refused: {refusal.Message}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await RefuseAsync(channel, "It could not be saved."); // the paths of this side are nobody else's business
            timeline.Happened($"{name} could not be saved: {fault.Message}");
        }
        catch (RoomCallException fault)
        {
            timeline.Happened($"{name} did not arrive: {FileFormat.Why(fault)}");
        }
    }

    private static async Task<string> TakeAsync(IDataChannel channel, IncomingFile file)
    {
        DataMessage message = await channel.ReceiveAsync();
        for (; !message.IsText; message = await channel.ReceiveAsync())
        {
            await file.WriteAsync(message.Data);
        }

        return await file.CompleteAsync(FileFormat.Read(message).Sha256);
    }

    private static async Task RefuseAsync(IDataChannel channel, string why)
    {
        try
        {
            await channel.SendAsync(FileFormat.Write(new FileWord { Refused = why }));
        }
        catch (RoomCallException)
        {
            // Nobody is there any more who would read it.
        }
    }
}
