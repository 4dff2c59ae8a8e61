using RoomCall.DataChannels;

namespace RoomCall.Simulations;

/// <summary>Two who come when all others have gone: nothing is left that could keep them from a call.</summary>
internal static class Newcomers
{
    private const int Words = 20;

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    public static async Task CallAsync(CallLife life, string room)
    {
        using CancellationTokenSource enough = new(Bound, life.Simulation.TimeProvider);
        try
        {
            ICallSession first = await JoinAsync(life, room, enough.Token);
            ICallSession second = await JoinAsync(life, room, enough.Token);
            await Task.WhenAll(SayAsync(first, enough.Token), SayAsync(second, enough.Token));
            await Task.WhenAll(HearAsync(first, enough.Token), HearAsync(second, enough.Token));
            await SayMoreAndHangUpAsync(first, second, enough.Token);
            await second.WhenAsync(static state => state is { Phase: CallPhase.Waiting, IsInitiator: true }, enough.Token);
            await second.HangUpAsync(enough.Token);
            CallEndReason[] reasons = [await first.Completion, await second.Completion];
            if (Array.Exists(reasons, static reason => reason.Code != CallEndCode.HungUp))
            {
                throw new BrokenPromiseException($"Newcomers end by hanging up; they did by {reasons[0]} and {reasons[1]}.");
            }
        }
        catch (OperationCanceledException)
        {
            throw new BrokenPromiseException($"Newcomers in {room} get their call, and their words through, within {CallLife.Text(Bound)}.");
        }
    }

    /// <summary>What was sent before hanging up arrives, and then the channel ends well.</summary>
    private static async Task SayMoreAndHangUpAsync(ICallSession first, ICallSession second, CancellationToken enough)
    {
        IDataChannel channel = second.DataChannel;
        await SayAsync(first, enough);
        await first.HangUpAsync(enough);
        int heard = 0;
        await foreach (DataMessage message in channel.ReadAllAsync(enough))
        {
            if (message.Text != $"{heard}")
            {
                throw new BrokenPromiseException($"Messages come in order; {message.Text} came for {heard}.");
            }
            heard++;
        }

        if (heard != Words)
        {
            throw new BrokenPromiseException($"What was sent before hanging up arrives; {heard} of {Words} did.");
        }
    }

    private static Task<ICallSession> JoinAsync(CallLife life, string room, CancellationToken enough) =>
        life.World.CreateClient(null, life.CreateSignaler()).JoinAsync(room, cancellationToken: enough);

    private static async Task SayAsync(ICallSession session, CancellationToken enough)
    {
        IDataChannel channel = await session.WhenDataChannelOpenAsync(enough);
        for (int number = 0; number < Words; number++) await channel.SendAsync($"{number}", enough);
    }

    private static async Task HearAsync(ICallSession session, CancellationToken enough)
    {
        for (int number = 0; number < Words; number++)
        {
            DataMessage message = await session.DataChannel.ReceiveAsync(enough);
            if (message.Text != $"{number}")
            {
                throw new BrokenPromiseException($"Messages come in order; {message.Text} came for {number}.");
            }
        }
    }
}
