using System.Globalization;
using Microsoft.Extensions.Logging;

namespace RoomCall.InMemory;

/// <summary>Writes what is logged into the trace. Each logger of a category that asks anew, as every session does, has a number.</summary>
internal sealed class SimulationLoggers(SimulationTrace trace, SimulationTime time) : ILoggerFactory
{
    private readonly Dictionary<string, int> _count = [];

    public ILogger CreateLogger(string categoryName)
    {
        string name = categoryName[(categoryName.LastIndexOf('.') + 1)..];
        if (name.StartsWith("Call", StringComparison.Ordinal)) name = name["Call".Length..];
        int number = _count[name] = _count.GetValueOrDefault(name) + 1;
        return new Logger(trace, time, string.Create(CultureInfo.InvariantCulture, $"{name.ToLowerInvariant()}-{number}"));
    }

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("A simulation logs into its trace only.");

    public void Dispose()
    {
    }

    private sealed class Logger(SimulationTrace trace, SimulationTime time, string who) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => trace.IsRecording && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            trace.Write(time.Now, who, exception is null
                ? formatter(state, exception)
                : $"{formatter(state, exception)} [{exception.GetType().Name}: {exception.Message}]");
        }
    }
}
