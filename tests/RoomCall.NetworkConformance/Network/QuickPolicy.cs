using RoomCall.Signaling.Links;

namespace RoomCall.NetworkConformance;

/// <summary>Connects again at once, and gives up where the network is cut for good.</summary>
public sealed class QuickPolicy(FaultProxy proxy) : IReconnectPolicy
{
    public TimeSpan? NextDelay(ReconnectAttempt attempt)
    {
        if (proxy.IsCutForGood)
        {
            return null;
        }

        // Fast, but not so fast that nothing else gets to run.
        return attempt.Elapsed > TimeSpan.FromSeconds(20) ? null : TimeSpan.FromMilliseconds(attempt.Number == 1 ? 1 : 10);
    }
}
