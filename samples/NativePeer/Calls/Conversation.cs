using RoomCall.DataChannels;

namespace RoomCall.Samples;

/// <summary>Texts both ways: what comes is printed and said again, what is typed is sent.</summary>
internal sealed class Conversation(Timeline timeline)
{
    private const string Echo = "echo: ";

    /// <summary>Listens on the data channel of one call until it is closed.</summary>
    public async Task ListenAsync(IDataChannel channel)
    {
        try
        {
            await foreach (DataMessage message in channel.ReadAllAsync())
            {
                timeline.Came(message.IsText ? $"\"{message.Text}\"" : $"{message.Size} bytes that are no text");

                // Two programs of this kind would echo each other's echo for ever.
                if (message.IsText && !message.Text.StartsWith(Echo, StringComparison.Ordinal))
                    await SendAsync(channel, Echo + message.Text, CancellationToken.None);
            }
        }
        catch (RoomCallException)
        {
            // Cut off: why, the end of the call tells.
        }
    }

    /// <summary>Sends line by line. Each waits for a call; when the lines end, the calls go on.</summary>
    public async Task SpeakAsync(ICallSession session, InputLines lines, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (string line in lines.ReadAllAsync(cancellationToken))
            {
                await SendAsync(await session.WhenDataChannelOpenAsync(cancellationToken), line, cancellationToken);
            }
        }
        catch (IOException exception)
        {
            timeline.Happened($"the standard input cannot be read: {exception.Message}");
        }
        catch (Exception exception) when (exception is RoomCallException or OperationCanceledException)
        {
            // This side has left the room.
        }
    }

    private async Task SendAsync(IDataChannel channel, string text, CancellationToken cancellationToken)
    {
        try
        {
            await channel.SendAsync(text, cancellationToken);
            timeline.Sent($"\"{text}\"");
        }
        catch (RoomCallException exception)
        {
            timeline.Happened($"not sent, \"{text}\": {exception.Message}");
        }
    }
}
