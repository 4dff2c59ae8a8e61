namespace RoomCall.DataChannels;

/// <summary>
/// A message that the transport has not got yet. Either it was taken before the channel opened, and nobody waits, or its sender
/// waits for <see cref="Sent"/>.
/// </summary>
internal sealed class PendingSend
{
    public PendingSend(DataMessage message, int size, bool senderWaits)
    {
        Message = message;
        Size = size;
        Sent = senderWaits ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        Node = new(this);
    }

    public DataMessage Message { get; }

    public int Size { get; }

    public TaskCompletionSource? Sent { get; }

    /// <summary>Its place in the queue; in no list any more once it was taken out.</summary>
    public LinkedListNode<PendingSend> Node { get; }
}
