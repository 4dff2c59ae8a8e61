using RoomCall.DataChannels;

namespace RoomCall.Tests.DataChannels;

/// <summary>A channel over a fake transport, not attached yet.</summary>
internal abstract class ChannelFixture
{
    protected static readonly DataChannelLimits Defaults = DataChannelLimits.From(new CallOptions());

    protected RecordingLogger Logger { get; set; } = null!;

    protected FakeTransport Transport { get; set; } = null!;

    protected CallDataChannel Channel { get; set; } = null!;

    [SetUp]
    public void MakeChannel() => MakeChannel(Defaults);

    protected void MakeChannel(DataChannelLimits limits, Action<CallDataChannel, DataChannelState>? stateMoved = null)
    {
        Logger = new();
        Transport = new();
        Channel = new("sendDataChannel", DataChannelOptions.Reliable, limits, Logger, stateMoved);
    }

    protected void Open()
    {
        Channel.Attach(Transport);
        Transport.Open();
    }

    protected static async Task<RoomCallException> FailureOf(Task task)
    {
        try
        {
            await task.Soon();
        }
        catch (RoomCallException exception)
        {
            return exception;
        }

        throw new AssertionException("A RoomCallException was expected.");
    }

    protected static Task<RoomCallException> FailureOf(ValueTask task) => FailureOf(task.AsTask());

    /// <summary>Reads to the end.</summary>
    protected async Task<(List<DataMessage> Messages, RoomCallException? Failure)> ReadToEnd()
    {
        List<DataMessage> messages = [];
        try
        {
            await foreach (DataMessage message in Channel.ReadAllAsync())
            {
                messages.Add(message);
            }
        }
        catch (RoomCallException exception)
        {
            return (messages, exception);
        }

        return (messages, null);
    }

    /// <summary>Reads so many messages and stops.</summary>
    protected async Task<List<string>> ReadTexts(int count)
    {
        List<string> texts = [];
        await foreach (DataMessage message in Channel.ReadAllAsync())
        {
            texts.Add(message.Text);
            if (texts.Count == count)
            {
                break;
            }
        }

        return texts;
    }
}
