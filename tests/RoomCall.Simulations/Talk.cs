using System.Globalization;
using RoomCall.DataChannels;
using RoomCall.InMemory;

namespace RoomCall.Simulations;

/// <summary>What one says and hears in a session: each message has its channel's name and its number, so that what hears it can tell.</summary>
internal sealed class Talk(Simulation simulation, ICallSession session, string tag)
{
    private int _channels;
    private int _files;

    private Random Random => simulation.Random;

    /// <summary>Goes on until the session ends.</summary>
    public Task ListenAndSpeakAsync() => Task.WhenAll(
        WithEachChannelAsync(SpeakAsync),
        WithEachChannelAsync(ListenAsync),
        TakeFilesAsync());

    /// <summary>Opens a further channel, sends some messages and closes it.</summary>
    public async Task SendFileAsync()
    {
        int file = ++_files;
        using CancellationTokenSource enough = new(TimeSpan.FromSeconds(60), simulation.TimeProvider);
        try
        {
            DataChannelOptions? options = Random.Next(3) == 0 ? new DataChannelOptions { Ordered = false, MaxRetransmits = 1 } : null;
            IDataChannel channel = await session.OpenDataChannelAsync($"file-{file}", options, enough.Token);
            int count = Random.Next(1, 20);
            for (int number = 0; number < count; number++) await channel.SendAsync(Text($"{tag}/file-{file}", number), enough.Token);
            await channel.CloseAsync(enough.Token);
            simulation.Note($"has sent file {file}", tag);
        }
        catch (Exception exception) when (exception is RoomCallException or OperationCanceledException or InvalidOperationException)
        {
            simulation.Note($"could not send file {file}: {exception.Message}", tag);
        }
    }

    /// <summary>Says or hears on the call's own channel, on each one once, until the session ends.</summary>
    private async Task WithEachChannelAsync(Func<IDataChannel, Task> talk)
    {
        IDataChannel? last = null;
        while (await session.HasComeToAsync(_ => session.DataChannel != last))
        {
            last = session.DataChannel;
            try
            {
                await talk(last);
            }
            catch (RoomCallException)
            {
                // The channel was cut off; the next one follows with the next state.
            }
        }
    }

    private async Task SpeakAsync(IDataChannel channel)
    {
        // Sometimes early: it waits for the channel to open.
        if (Random.Next(2) == 0 && !await session.HasComeToAsync(_ => channel.State != DataChannelState.Connecting)) return;
        string name = $"{tag}/{++_channels}";
        int count = Random.Next(1, 30);
        for (int number = 0; number < count && channel.State <= DataChannelState.Open; number++)
        {
            await channel.SendAsync(Text(name, number));
            if (Random.Next(4) == 0) await simulation.Delay(Weather.Milliseconds(Random, 0, 5_000));
        }
    }

    private async Task ListenAsync(IDataChannel channel)
    {
        if (await session.HasComeToAsync(_ => channel.State != DataChannelState.Connecting)) await HearAsync(channel, isWhole: true);
    }

    private async Task TakeFilesAsync()
    {
        List<Task> hearing = [];
        try
        {
            while (true) hearing.Add(HearFileAsync(await session.AcceptDataChannelAsync()));
        }
        catch (RoomCallException exception) when (exception.Code == RoomCallErrorCode.SessionEnded)
        {
            // And with it, in a moment, the files.
            await Task.WhenAll(hearing);
        }
    }

    private async Task HearFileAsync(IDataChannel channel)
    {
        try
        {
            await HearAsync(channel, channel.Options.IsReliable && channel.Options.Ordered);
        }
        catch (RoomCallException)
        {
            // Cut off.
        }
    }

    private async Task HearAsync(IDataChannel channel, bool isWhole)
    {
        string? from = null;
        HashSet<int> heard = [];
        await foreach (DataMessage message in channel.ReadAllAsync())
        {
            int split = message.Text.IndexOf('#', StringComparison.Ordinal);
            string sender = message.Text[..split];
            int number = int.Parse(message.Text.AsSpan(split + 1), CultureInfo.InvariantCulture);
            from ??= sender;
            bool fits = isWhole ? number == heard.Count : !heard.Contains(number);
            if (sender != from || !fits)
            {
                throw new BrokenPromiseException(
                    $"A channel brings what was sent on it, in order; {tag} heard {message.Text} after {heard.Count} of {from}.");
            }
            heard.Add(number);
        }
    }

    private static string Text(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}#{number}");
}
