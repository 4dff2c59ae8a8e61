using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RoomCall.Diagnostics;

/// <summary>The instruments of the meter <c>RoomCall</c>. Tags name phases, reasons and kinds; never a room, a peer or an address.</summary>
internal sealed class CallMetrics
{
    public const string Name = "RoomCall";

    public static readonly ActivitySource Activities = new(Name);

    private static readonly CallMetrics Shared = new(new Meter(Name));

    private CallMetrics(Meter meter)
    {
        InstrumentAdvice<double> advice = new() { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] };
        ActiveSessions = meter.CreateUpDownCounter<long>("roomcall.sessions.active", "{session}", "Sessions that have not ended.");
        ActiveCalls = meter.CreateUpDownCounter<long>("roomcall.calls.active", "{call}", "Calls that are connected.");
        PhaseDuration = meter.CreateHistogram("roomcall.call.phase.duration", "s", "How long a session was in a phase on its way to a call.", null, advice);
        SetupDuration = meter.CreateHistogram("roomcall.call.setup.duration", "s", "From both peers in the room to connected.", null, advice);
        EndedSessions = meter.CreateCounter<long>("roomcall.sessions.ended", "{session}", "Sessions that have ended, by reason.");
        EndedCalls = meter.CreateCounter<long>("roomcall.calls.ended", "{call}", "Calls that have ended, by reason.");
        Recoveries = meter.CreateCounter<long>("roomcall.call.recoveries", "{attempt}", "Attempts to repair a lost connection.");
        Messages = meter.CreateCounter<long>("roomcall.signaling.messages", "{message}", "Messages between peers, by kind and direction.");
        DroppedMessages = meter.CreateCounter<long>("roomcall.signaling.dropped", "{message}", "Messages of the other side that were not taken, by cause.");
    }

    public UpDownCounter<long> ActiveSessions { get; }

    public UpDownCounter<long> ActiveCalls { get; }

    public Histogram<double> PhaseDuration { get; }

    public Histogram<double> SetupDuration { get; }

    public Counter<long> EndedSessions { get; }

    public Counter<long> EndedCalls { get; }

    public Counter<long> Recoveries { get; }

    public Counter<long> Messages { get; }

    public Counter<long> DroppedMessages { get; }

    public static CallMetrics Of(IMeterFactory? factory) => factory is null ? Shared : new CallMetrics(factory.Create(Name));
}
