using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>A signaling server whose clock the test turns. At the end it looks whether all links were used as their contract says, and
/// whether anything was logged as an error.</summary>
internal sealed class SignalingBench
{
    private readonly List<TestClient> _clients = [];
    private readonly ErrorLog _log = new();

    public SignalingBench(Action<SignalingServerOptions>? configure = null, RoomBrokerOptions? rooms = null, TimeProvider? time = null)
    {
        SignalingServerOptions options = new();
        configure?.Invoke(options);
        Broker = new RoomBroker((rooms ?? new RoomBrokerOptions()) with { SendLog = false }, time ?? Time);
        Server = new SignalingServer(Broker, options, time ?? Time, _log);
    }

    public FakeTimeProvider Time { get; } = new();

    public RoomBroker Broker { get; }

    public SignalingServer Server { get; }

    public IReadOnlyList<string> Errors => _log.Errors;

    public TestClient Connect(SignalingClient? client = null)
    {
        TestClient made = new(Server, client);
        lock (_clients)
            _clients.Add(made);
        return made;
    }

    public TestClient ConnectAs(string user) => Connect(new SignalingClient { UserId = user });

    /// <summary>Alice, who waits in the lobby, and Bob, whose stay outlives a connection; both have read all.</summary>
    public (TestClient Alice, TestClient Bob) Meet(string? user = null)
    {
        TestClient alice = Connect().Join();
        TestClient bob = Connect(new SignalingClient { UserId = user }).Join(secret: SignalingProtocol.NewSecret());
        alice.News();
        bob.News();
        return (alice, bob);
    }

    /// <summary>Bob comes back with the token that he was given last, and has read what was sent on his older connection.</summary>
    public TestClient ComeBack(TestClient bob) => Connect().Resume(bob.Self, bob.Token, bob.Counted);

    public void Check()
    {
        foreach (TestClient client in _clients)
        {
            Assert.That(client.Link.Complaints, Is.Empty);
        }

        Assert.That(Errors, Is.Empty);
    }

    private sealed class ErrorLog : ILogger<SignalingServer>
    {
        private readonly List<string> _errors = [];

        public IReadOnlyList<string> Errors
        {
            get
            {
                lock (_errors)
                    return [.. _errors];
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel < LogLevel.Error)
                return;

            lock (_errors)
                _errors.Add($"{formatter(state, exception)} {exception?.Message}".TrimEnd());
        }
    }
}
