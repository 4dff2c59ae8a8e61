using System.Diagnostics;
using RoomCall.LoadTest.Members;

namespace RoomCall.LoadTest.Measures;

/// <summary>One direction of a pair: the same message again and again, each timed from just before it is sent to when it has come.</summary>
internal sealed class Lane
{
    private const int Most = 256;

    private readonly Member _from;
    private readonly byte[] _frame;
    private readonly byte[] _payload;
    private readonly Samples _samples;
    private readonly long[] _sentAt = new long[Most];
    private long _sent;
    private long _arrived;

    /// <param name="from">Who sends.</param>
    /// <param name="to">Who is sent to.</param>
    /// <param name="payload">The message.</param>
    /// <param name="samples">Where the latencies go.</param>
    public Lane(Member from, Member to, string payload, Samples samples)
    {
        _from = from;
        _frame = from.Frame(payload);
        _payload = System.Text.Encoding.UTF8.GetBytes(payload);
        _samples = samples;
        to.Received = OnReceived;
    }

    /// <summary>Called when a message has come.</summary>
    public Action? Arrived { get; set; }

    /// <summary>How many have come.</summary>
    public long Count => Volatile.Read(ref _arrived);

    /// <summary>How many are under way.</summary>
    public long UnderWay => Volatile.Read(ref _sent) - Volatile.Read(ref _arrived);

    /// <summary>Sends one; by one thread at a time.</summary>
    public void Send()
    {
        if (UnderWay >= Most) throw new InvalidOperationException($"The server does not keep up: {Most} messages of one sender are under way.");
        _sentAt[_sent % Most] = Stopwatch.GetTimestamp();
        Volatile.Write(ref _sent, _sent + 1);
        _from.Send(_frame);
    }

    private void OnReceived(ReadOnlySpan<byte> payload)
    {
        if (!payload.SequenceEqual(_payload)) throw new InvalidDataException("A message is not what was sent.");
        _samples.Record(Stopwatch.GetTimestamp() - _sentAt[_arrived % Most]);
        Volatile.Write(ref _arrived, _arrived + 1);
        Arrived?.Invoke();
    }
}
