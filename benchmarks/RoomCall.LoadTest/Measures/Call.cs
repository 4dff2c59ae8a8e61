using System.Text;
using RoomCall.LoadTest.Members;
using RoomCall.LoadTest.Servers;

namespace RoomCall.LoadTest.Measures;

/// <summary>The signaling of a whole call: both join, offer and answer, ten candidates each way, bye, and both leave.</summary>
internal sealed class Call : IDisposable
{
    private static readonly byte[][] Offered = Bytes([Payloads.Offer, .. Payloads.Candidates, Payloads.Bye]);
    private static readonly byte[][] Answered = Bytes([Payloads.Answer, .. Payloads.Candidates]);

    private readonly Pair _pair;
    private int _heardByFirst;
    private int _heardBySecond;
    private int _haveSaidAll;

    public Call(RunningServer server)
    {
        _pair = new Pair(server.CreateMember(), server.CreateMember());
        _pair.First.Received = OnReceivedByFirst;
        _pair.Second.Received = OnReceivedBySecond;
    }

    /// <summary>Returns when the server has ended both connections.</summary>
    public async Task RunAsync(RunningServer server, string room, CancellationToken cancellationToken)
    {
        await _pair.JoinAsync(server.Address, room, cancellationToken);
        Say(_pair.First, Payloads.Offer);
        ByeWhenBothHaveSaidAll();
        await await Task.WhenAny(_pair.First.Ended, _pair.Second.Ended).WaitAsync(cancellationToken); // which may have failed
        await Task.WhenAll(_pair.First.Ended, _pair.Second.Ended).WaitAsync(cancellationToken);
        if (_heardByFirst != Answered.Length || _heardBySecond != Offered.Length)
            throw new InvalidDataException($"A call lost messages: {_heardByFirst} of {Answered.Length} and {_heardBySecond} of {Offered.Length} arrived.");
    }

    public void Dispose() => _pair.Dispose();

    private static byte[][] Bytes(string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static void Say(Member member, string description)
    {
        member.Send(member.Frame(description));
        foreach (string candidate in Payloads.Candidates) member.Send(member.Frame(candidate));
    }

    // The answer may all have come before the thread that sends the offer's candidates is done.
    private void ByeWhenBothHaveSaidAll()
    {
        if (Interlocked.Increment(ref _haveSaidAll) == 2) _pair.First.Send(_pair.First.Frame(Payloads.Bye));
    }

    private void OnReceivedByFirst(ReadOnlySpan<byte> payload)
    {
        Check(payload, Answered, _heardByFirst++);
        if (_heardByFirst == Answered.Length) ByeWhenBothHaveSaidAll();
    }

    private void OnReceivedBySecond(ReadOnlySpan<byte> payload)
    {
        Check(payload, Offered, _heardBySecond++);
        if (_heardBySecond == 1) Say(_pair.Second, Payloads.Answer);
        if (_heardBySecond < Offered.Length) return;
        _pair.First.Leave(); // no sooner: socket.io drops what a client said last before it left
        _pair.Second.Leave();
    }

    private static void Check(ReadOnlySpan<byte> payload, byte[][] expected, int place)
    {
        if (place >= expected.Length || !payload.SequenceEqual(expected[place]))
            throw new InvalidDataException($"Message {place} of a call is not what was sent: {Encoding.UTF8.GetString(payload)}");
    }
}
