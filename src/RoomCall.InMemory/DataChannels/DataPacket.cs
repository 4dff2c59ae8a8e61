using RoomCall.DataChannels;

namespace RoomCall.InMemory;

/// <summary>One message on its way, and what it costs of the window.</summary>
internal sealed record DataPacket(InMemoryDataChannel From, InMemoryDataChannel To, DataMessage Message, int Size)
{
    /// <summary>Beside its bytes a message costs what keeping it costs, so that empty messages are bounded too.</summary>
    public int Cost => CostOf(Size);

    public static int CostOf(int size) => size + 64;
}
