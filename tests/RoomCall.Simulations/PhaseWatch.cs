using RoomCall.InMemory;

namespace RoomCall.Simulations;

/// <summary>Sees to it that the phases of a session follow each other as the call flow says, and that none lasts longer than it may.</summary>
internal sealed class PhaseWatch(Simulation simulation, CallTimeouts timeouts, string tag) : IObserver<CallState>
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    private readonly List<string> _broken = [];
    private CallState? _last;
    private TimeSpan _phaseSince;
    private TimeSpan _interruptedSince;
    private bool _isCompleted;

    public void OnNext(CallState value)
    {
        if (_isCompleted) _broken.Add($"{value} came after the completion.");
        if (_last is { } last)
        {
            if (last.Phase != value.Phase) CheckMove(last.Phase, value.Phase);
            if (last.IsSignalingInterrupted && !value.IsSignalingInterrupted) CheckTime("an interruption", _interruptedSince, timeouts.Signaling);
        }

        if (_last?.Phase != value.Phase) _phaseSince = simulation.Now;
        if (_last?.IsSignalingInterrupted != true) _interruptedSince = simulation.Now;
        _last = value;
    }

    public void OnError(Exception error) => _broken.Add($"The states failed: {error}");

    public void OnCompleted() => _isCompleted = true;

    /// <summary>To be called when the session has ended.</summary>
    public void Check(CallEndReason reason, CallState state)
    {
        if (_broken.Count > 0)
        {
            throw new BrokenPromiseException($"The phases of {tag} go as the call flow says; {string.Join(' ', _broken)}");
        }

        if (reason.Code == CallEndCode.InternalError)
        {
            throw new BrokenPromiseException($"No session ends by a fault of the library; {tag} did: {reason}");
        }

        if (!_isCompleted || _last != state || state.Phase != CallPhase.Ended || state.EndReason != reason)
        {
            throw new BrokenPromiseException(
                $"The last state has the reason ({reason}); {tag} has {state}, and its observer {_last}, completed: {_isCompleted}.");
        }
    }

    private void CheckMove(CallPhase from, CallPhase to)
    {
        bool isLegal = to switch
        {
            CallPhase.Waiting => from is not (CallPhase.Ending or CallPhase.Ended),
            CallPhase.Preparing => from is CallPhase.Joining or CallPhase.Waiting,
            CallPhase.Negotiating => from is CallPhase.Joining or CallPhase.Waiting or CallPhase.Preparing,
            CallPhase.Connecting => from is CallPhase.Negotiating,
            CallPhase.Connected => from is CallPhase.Negotiating or CallPhase.Connecting or CallPhase.Recovering,
            CallPhase.Recovering => from is CallPhase.Negotiating or CallPhase.Connecting or CallPhase.Connected,
            CallPhase.Ending => from is not CallPhase.Ended,
            CallPhase.Ended => from is CallPhase.Ending,
            _ => false,
        };
        if (!isLegal) _broken.Add($"{from} was followed by {to}.");
        TimeSpan most = from switch
        {
            CallPhase.Waiting => timeouts.Wait,
            CallPhase.Preparing => timeouts.Media,
            CallPhase.Negotiating => timeouts.Media + timeouts.Negotiation + timeouts.Negotiation,
            CallPhase.Connecting => timeouts.Connection,
            CallPhase.Recovering => timeouts.Recovery,
            CallPhase.Ending => timeouts.HangUp * 2,
            _ => Timeout.InfiniteTimeSpan,
        };
        CheckTime($"{from}", _phaseSince, most);
    }

    private void CheckTime(string what, TimeSpan since, TimeSpan most)
    {
        TimeSpan time = simulation.Now - since;
        if (most != Timeout.InfiniteTimeSpan && time > most + Tolerance) _broken.Add($"{what} lasted {CallLife.Text(time)}.");
    }
}
