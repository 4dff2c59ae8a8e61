using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SIPSorcery;

namespace RoomCall.SipSorcery;

/// <summary>Hands SIPSorcery's logs to the application. It has one logger factory for the whole process, and makes its loggers once: so it is given
/// one that stays, and looks up the application's for each message. An application that has ended, and its loggers with it, harms nothing.</summary>
internal sealed class EngineLogs : ILoggerFactory
{
    private static volatile ILoggerFactory _loggers = NullLoggerFactory.Instance;

    static EngineLogs() => LogFactory.Set(new EngineLogs());

    private EngineLogs()
    {
    }

    /// <summary>Hands them to this application from now on.</summary>
    /// <param name="loggers">The application's loggers.</param>
    public static void GoTo(ILoggerFactory loggers) => _loggers = loggers;

    public ILogger CreateLogger(string categoryName) => new Forwarding(categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Forwarding(string category) : ILogger
    {
        private (ILoggerFactory Of, ILogger Logger) _current = (NullLoggerFactory.Instance, NullLogger.Instance);

        private ILogger Current
        {
            get
            {
                ILoggerFactory loggers = _loggers;
                (ILoggerFactory of, ILogger logger) = _current;
                if (of == loggers)
                    return logger;

                try
                {
                    logger = loggers.CreateLogger(category);
                }
                catch (ObjectDisposedException)
                {
                    logger = NullLogger.Instance;
                }

                _current = (loggers, logger);
                return logger;
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => Current.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Current.Log(logLevel, eventId, state, exception, formatter);
    }
}
