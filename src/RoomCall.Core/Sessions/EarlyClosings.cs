namespace RoomCall;

/// <summary>
/// What the other side has said of channels that it has closed and that have not come yet: the way by the server may be the faster. Of a
/// hostile peer's words, and of those that cross with a closing of this side's own, only the latest are kept.
/// </summary>
internal sealed class EarlyClosings
{
    /// <summary>A channel is seldom closed before the other side has it.</summary>
    public const int Limit = 64;

    private readonly List<(int Connection, int Channel, long Messages)> _closings = [];

    /// <summary>Keeps one; the first word of a channel counts.</summary>
    public void Add(int connection, int channel, long messages)
    {
        if (Find(connection, channel) >= 0)
        {
            return;
        }

        if (_closings.Count == Limit)
        {
            _closings.RemoveAt(0);
        }

        _closings.Add((connection, channel, messages));
    }

    /// <summary>Takes what was said of a channel; null: nothing was.</summary>
    public long? Take(int connection, int channel)
    {
        int index = Find(connection, channel);
        if (index < 0)
        {
            return null;
        }

        long messages = _closings[index].Messages;
        _closings.RemoveAt(index);
        return messages;
    }

    private int Find(int connection, int channel) =>
        _closings.FindIndex(closing => closing.Connection == connection && closing.Channel == channel);
}
