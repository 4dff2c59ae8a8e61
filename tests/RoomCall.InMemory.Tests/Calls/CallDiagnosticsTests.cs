using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

/// <summary>What whole calls tell to logs, metrics and traces, and what they must not tell.</summary>
[NonParallelizable]
public class CallDiagnosticsTests : InMemoryCallTest
{
    private readonly Recorder _log = new();

    protected override ValueTask<CallWorld> CreateWorldAsync() => new(new InMemoryCallWorld(loggerFactory: _log));

    [Test]
    public async Task The_instruments_count_a_call_with_the_documented_tags_only()
    {
        ConcurrentQueue<(string Name, double Value, string Tags)> seen = new();
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == "RoomCall" && !instrument.Name.StartsWith("roomcall.server", StringComparison.Ordinal))
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Enqueue((instrument.Name, value, Text(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen.Enqueue((instrument.Name, value, Text(tags))));
        listener.Start();

        (ICallSession one, ICallSession other) = await CallAsync();
        await one.HangUpAsync().Soon();
        await ReachedAsync(other, CallPhase.Waiting);
        await other.HangUpAsync().Soon();

        double Sum(string name) => seen.Where(measured => measured.Name == name).Sum(measured => measured.Value);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Sum("roomcall.sessions.active"), Is.Zero);
            Assert.That(Sum("roomcall.calls.active"), Is.Zero);
            Assert.That(Sum("roomcall.sessions.ended"), Is.EqualTo(2));
            Assert.That(Sum("roomcall.calls.ended"), Is.EqualTo(2));
            Assert.That(seen.Count(measured => measured.Name == "roomcall.call.setup.duration"), Is.EqualTo(2));
            Assert.That(
                seen.Select(measured => measured.Tags).Distinct(),
                Is.All.Matches("^((phase|reason|cause|kind|direction)=[A-Za-z]+ ?)*$"));
            Assert.That(seen.Select(measured => measured.Tags), Does.Contain("reason=HungUp").And.Contain("reason=RemoteHungUp"));
        }

        static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            List<string> texts = [];
            foreach ((string key, object? value) in tags)
            {
                texts.Add($"{key}={value}");
            }

            return string.Join(' ', texts);
        }
    }

    [Test]
    public async Task The_log_of_calls_and_their_failures_holds_no_description_address_or_credential()
    {
        (ICallSession one, ICallSession other) = await CallAsync();
        await other.HangUpAsync().Soon();
        await ReachedAsync(one, CallPhase.Waiting);
        await SayAsync(one, "{\"type\":\"candidate\",\"label\":0,\"id\":\"0\",\"candidate\":\"candidate:1 1 udp 1 203.0.113.77 9 typ secret\"}");
        await SayAsync(one, "{\"type\":\"answer\",\"generation\":\"secret\"}");
        await SayAsync(one, "secret");
        await SayAsync(one, "{\"type\":\"answer\",\"sdp\":\"v=0\\r\\no=secret 203.0.113.77\\r\\na=ice-pwd:secret\"}");
        await one.HangUpAsync().Soon();
        InMemoryCallSide side = CreateSide();
        await using RoomGuestOfCall guest = await RoomGuestOfCall.EnterAsync(World.CreateSide().Signaler, "second");
        ICallSession failing = await JoinAsync(side, room: "second");
        await guest.SendAsync(failing.State.Self!, "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\no=secret 203.0.113.77\\r\\na=ice-pwd:secret\"}");
        await failing.Completion.Soon();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_log.Lines, Is.Not.Empty);
            Assert.That(_log.Lines, Has.None.Contains("secret"));
            Assert.That(_log.Lines, Has.None.Contains("v=0"));
            Assert.That(_log.Lines, Has.None.Contains("candidate:"));
            Assert.That(_log.Lines, Has.None.Match("ice-(pwd|ufrag):"));
            Assert.That(_log.Lines, Has.None.Match(@"\b(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+"));
        }
    }

    [Test]
    public async Task Each_session_is_one_activity_that_ends_with_the_reason()
    {
        ConcurrentQueue<Activity> stopped = new();
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "RoomCall",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        (ICallSession one, ICallSession other) = await CallAsync();
        Assert.That(Activity.Current, Is.Null);
        await one.HangUpAsync().Soon();
        await ReachedAsync(other, CallPhase.Waiting);
        await other.HangUpAsync().Soon();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stopped.Select(activity => activity.OperationName), Is.EqualTo(new[] { "roomcall.session", "roomcall.session" }));
            Assert.That(stopped.Select(activity => activity.GetTagItem("roomcall.end.reason")), Is.All.EqualTo("HungUp"));
            Assert.That(stopped.Select(activity => activity.Status), Is.All.EqualTo(ActivityStatusCode.Ok));
            Assert.That(stopped.First().Events.Select(moment => moment.Name), Does.Contain("Connected").And.Contain("Ended"));
        }
    }

    [Test]
    public async Task A_listener_to_metrics_that_throws_ends_a_session_with_a_reason_and_hangs_nobody()
    {
        bool throws = false;
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Name == "roomcall.signaling.messages")
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) =>
        {
            if (Volatile.Read(ref throws))
            {
                throw new InvalidTimeZoneException();
            }
        });
        listener.Start();
        ICallSession session = await JoinAsync();
        CallLog log = new(session);
        Volatile.Write(ref throws, true);
        await using RoomGuestOfCall guest = await RoomGuestOfCall.EnterAsync(World.CreateSide().Signaler);

        Assert.That((await session.Completion.Soon()).Code, Is.EqualTo(CallEndCode.InternalError));
        Assert.That((await log.SawAsync<CallEvent.SessionEnded>()).Reason.Code, Is.EqualTo(CallEndCode.InternalError));
        AssertEnded(session, CallEndCode.InternalError);
    }

    // Another comes, says one thing, and is gone.
    private async Task SayAsync(ICallSession session, string message)
    {
        await ReachedAsync(session, CallPhase.Waiting);
        await using RoomGuestOfCall guest = await RoomGuestOfCall.EnterAsync(World.CreateSide().Signaler);
        while (!(await guest.HearAsync()).Contains("offer", StringComparison.Ordinal))
        {
        }

        await guest.SendAsync(guest.Other!, message);
        await guest.LeaveAsync();
        await session.WhenAsync(state => !state.IsChannelReady).Soon();
    }

    private sealed class Recorder : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
