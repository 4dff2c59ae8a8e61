using Spectre.Console;

namespace RoomCall.Samples;

/// <summary>A bar that grows while something is transferred; on a terminal only.</summary>
internal static class TransferBar
{
    public static async Task<T> ShowAsync<T>(IAnsiConsole console, string name, long size, Func<IProgress<long>, Task<T>> transfer)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi) return await transfer(new Nobody());
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(context => transfer(new Bar(context.AddTask(Markup.Escape(name), maxValue: Math.Max(1, size)))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<long>
    {
        public void Report(long value) => task.Value = value;
    }

    private sealed class Nobody : IProgress<long>
    {
        public void Report(long value)
        {
        }
    }
}
