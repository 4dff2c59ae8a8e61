using System.Threading.Channels;

namespace RoomCall.Samples;

/// <summary>What two peers say over the call's data channel, drawn as it arrives.</summary>
internal sealed class Conversation(Peer initiator, Peer joiner, SequenceView view, bool showTravelTime)
{
    private const int Many = 40;

    private readonly TimeProvider _time = TimeProvider.System;

    /// <summary>Each greets the other.</summary>
    public async Task GreetAsync(CancellationToken cancellationToken)
    {
        await SayAsync(initiator, $"Hello, {joiner.Name}!", cancellationToken);
        await SayAsync(joiner, $"Hello, {initiator.Name}!", cancellationToken);
    }

    /// <summary>One says something; ends when the other has got it.</summary>
    public async Task SayAsync(Peer speaker, string text, CancellationToken cancellationToken)
    {
        Peer listener = speaker == initiator ? joiner : initiator;
        long sent = _time.GetTimestamp();
        await speaker.SendAsync(text, cancellationToken);
        Show(listener, await listener.ReceiveAsync(cancellationToken), sent);
    }

    /// <summary>The initiator says line after line without waiting for any to arrive; then the joiner answers.</summary>
    public async Task PassOnAsync(IAsyncEnumerable<string> lines, CancellationToken cancellationToken)
    {
        // Bounded, like everything that waits.
        Channel<long> underWay = Channel.CreateBounded<long>(1024);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        Task sending = SendAsync();
        int count = 0;
        try
        {
            await foreach (long sent in underWay.Reader.ReadAllAsync(cancellationToken))
            {
                Show(joiner, await joiner.ReceiveAsync(cancellationToken), sent);
                count++;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await sending;
        }

        await SayAsync(joiner, count == 1 ? "Got your line." : $"Got your {count} lines.", cancellationToken);

        async Task SendAsync()
        {
            try
            {
                await foreach (string line in lines.WithCancellation(stop.Token))
                {
                    long now = _time.GetTimestamp();
                    await initiator.SendAsync(line, stop.Token);
                    await underWay.Writer.WriteAsync(now, stop.Token);
                }

                underWay.Writer.Complete();
            }
            catch (Exception exception)
            {
                underWay.Writer.TryComplete(exception); // the receiver tells of it
            }
        }
    }

    /// <summary>Many messages at once, drawn as one line: on a network that loses some, they arrive all the same, and in order.</summary>
    public async Task SendManyAsync(CancellationToken cancellationToken)
    {
        long sent = _time.GetTimestamp();
        for (int number = 1; number <= Many; number++) await initiator.SendAsync($"message {number}", cancellationToken);

        List<double> times = [];
        bool inOrder = true;
        for (int number = 1; number <= Many; number++)
        {
            inOrder &= await joiner.ReceiveAsync(cancellationToken) == $"message {number}";
            times.Add(_time.GetElapsedTime(sent).TotalMilliseconds);
        }

        string order = inOrder ? "in order" : "OUT OF ORDER";
        view.DataArrived(joiner.Name, FormattableString.Invariant($"{Many} messages at once: all there, {order}, {times[0]:0} to {times[^1]:0} ms"));
    }

    private void Show(Peer listener, string text, long sent)
    {
        string travelTime = showTravelTime ? FormattableString.Invariant($" ({_time.GetElapsedTime(sent).TotalMilliseconds:0} ms)") : "";
        view.DataArrived(listener.Name, $"\"{text}\"{travelTime}");
    }
}
