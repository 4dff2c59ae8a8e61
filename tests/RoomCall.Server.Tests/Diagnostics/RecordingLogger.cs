using Microsoft.Extensions.Logging;

namespace RoomCall.Server.Tests.Diagnostics;

internal sealed class RecordingLogger : ILogger<RoomBroker>
{
    public List<(LogLevel Level, int Id, string Text, Exception? Exception)> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        lock (Lines)
            Lines.Add((logLevel, eventId.Id, formatter(state, exception), exception));
    }
}
