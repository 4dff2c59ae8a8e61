using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace RoomCall.Diagnostics;

/// <summary>What one session tells to logs, metrics and traces. Called by the session's loop alone.</summary>
internal sealed partial class SessionTelemetry(CallMetrics metrics, TimeProvider timeProvider, ILogger logger)
{
    private readonly Activity? _activity = StartActivity(metrics);
    private long _phaseSince = timeProvider.GetTimestamp();
    private long _peerSince;
    private bool _hasEnded;

    public void OnState(CallState before, CallState after)
    {
        if (before.Phase == after.Phase)
        {
            return;
        }

        long now = timeProvider.GetTimestamp();
        Log.Phase(logger, before.Phase, after.Phase, after.Generation);
        _activity?.AddEvent(new ActivityEvent(after.Phase.ToString(), timeProvider.GetUtcNow()));
        if (before.Phase is not (CallPhase.Waiting or CallPhase.Connected or CallPhase.Ending))
        {
            metrics.PhaseDuration.Record(
                timeProvider.GetElapsedTime(_phaseSince, now).TotalSeconds,
                new KeyValuePair<string, object?>("phase", Text(before.Phase)));
        }

        if (before.Phase is CallPhase.Joining or CallPhase.Waiting && after.Phase is CallPhase.Preparing or CallPhase.Negotiating)
        {
            _peerSince = now;
        }

        if (after.Phase == CallPhase.Connected)
        {
            metrics.ActiveCalls.Add(1);
            if (before.Phase != CallPhase.Recovering)
            {
                metrics.SetupDuration.Record(timeProvider.GetElapsedTime(_peerSince, now).TotalSeconds);
            }
        }
        else if (before.Phase == CallPhase.Connected)
        {
            metrics.ActiveCalls.Add(-1);
        }

        _phaseSince = now;
        if (after.Phase == CallPhase.Ended)
        {
            OnEnded(after.EndReason!);
        }
    }

    public void OnEvent(CallEvent callEvent)
    {
        switch (callEvent)
        {
            case CallEvent.SignalSent sent: Count("sent", sent.Kind, sent.Generation); break;
            case CallEvent.SignalReceived received: Count("received", received.Kind, received.Generation); break;
            case CallEvent.SignalDropped dropped:
                Log.Dropped(logger, dropped.Code, dropped.Detail);
                metrics.DroppedMessages.Add(1, new KeyValuePair<string, object?>("cause", Text(dropped.Code)));
                break;
            case CallEvent.RecoveryStarted recovery:
                Log.Recovery(logger, recovery.Attempt);
                metrics.Recoveries.Add(1);
                break;
            case CallEvent.CallEnded ended:
                Log.CallEnded(logger, ended.Generation, ended.Reason.Code);
                metrics.EndedCalls.Add(1, new KeyValuePair<string, object?>("reason", Text(ended.Reason.Code)));
                break;
            case CallEvent.ServerError error: Log.ServerError(logger, error.Code, error.Detail); break;
            case CallEvent.ServerLog log: Log.ServerLog(logger, log.Lines.Count); break;
            case CallEvent.GatheringCompleted: Log.GatheringCompleted(logger); break; // S16
        }
    }

    public void OnEnded(CallEndReason reason)
    {
        if (_hasEnded)
        {
            return;
        }

        _hasEnded = true;
        Log.Ended(logger, reason.Code, reason.Detail);
        metrics.ActiveSessions.Add(-1);
        metrics.EndedSessions.Add(1, new KeyValuePair<string, object?>("reason", Text(reason.Code)));
        _activity?.SetTag("roomcall.end.reason", Text(reason.Code));
        _activity?.SetStatus(reason.IsNormal ? ActivityStatusCode.Ok : ActivityStatusCode.Error, reason.Code.ToString());
        _activity?.Dispose();
    }

    private static Activity? StartActivity(CallMetrics metrics)
    {
        metrics.ActiveSessions.Add(1);

        // The session outlives the call that began it, so the activity must not stay the caller's current one.
        Activity? current = Activity.Current;
        Activity? activity = CallMetrics.Activities.StartActivity("roomcall.session");
        Activity.Current = current;
        return activity;
    }

    private void Count(string direction, SignalKind kind, int? generation)
    {
        Log.Signal(logger, direction, kind, generation);
        metrics.Messages.Add(
            1,
            new KeyValuePair<string, object?>("direction", direction),
            new KeyValuePair<string, object?>("kind", Text(kind)));
    }

    private static string Text<TEnum>(TEnum value)
        where TEnum : struct, Enum => Enum.GetName(value)!;

    private static partial class Log
    {
        [LoggerMessage(1020, LogLevel.Debug, "Phase {Before} -> {After} (generation {Generation}).")]
        public static partial void Phase(ILogger logger, CallPhase before, CallPhase after, int generation);

        [LoggerMessage(1021, LogLevel.Debug, "Message {Direction}: {Kind} (generation {Generation}).")]
        public static partial void Signal(ILogger logger, string direction, SignalKind kind, int? generation);

        [LoggerMessage(1022, LogLevel.Debug, "Message dropped ({Code}): {Detail}")]
        public static partial void Dropped(ILogger logger, SignalDropCode code, string detail);

        [LoggerMessage(1023, LogLevel.Information, "The connection was lost; repair attempt {Attempt}.")]
        public static partial void Recovery(ILogger logger, int attempt);

        [LoggerMessage(1024, LogLevel.Information, "A call ended (generation {Generation}): {Code}.")]
        public static partial void CallEnded(ILogger logger, int generation, CallEndCode code);

        [LoggerMessage(1025, LogLevel.Information, "The session ended: {Code}. {Detail}")]
        public static partial void Ended(ILogger logger, CallEndCode code, string detail);

        [LoggerMessage(1026, LogLevel.Warning, "The signaling server refused something ({Code}): {Detail}")]
        public static partial void ServerError(ILogger logger, Signaling.RoomErrorCode code, string detail);

        [LoggerMessage(1027, LogLevel.Debug, "The signaling server logged {Count} lines.")]
        public static partial void ServerLog(ILogger logger, int count);

        [LoggerMessage(1028, LogLevel.Debug, "All local candidates are found.")]
        public static partial void GatheringCompleted(ILogger logger);
    }
}
