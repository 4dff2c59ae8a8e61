using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RoomCall.Signaling;

namespace RoomCall;

/// <summary>One step of the flow while it is being taken: the state so far, and the effects so far.</summary>
internal ref struct FlowTurn
{
    public FlowTurn(FlowRules rules, FlowState state)
    {
        Rules = rules;
        State = state;
    }

    public readonly FlowRules Rules;

    public FlowState State;

    private CallEffect[] _effects = [];
    private int _count;

    public void Emit(CallEffect effect)
    {
        if (_count == _effects.Length)
        {
            Array.Resize(ref _effects, _count == 0 ? 2 : 4 * _count); // most steps have one or two
        }

        _effects[_count++] = effect;
    }

    /// <summary>Ends the turn.</summary>
    public readonly ImmutableArray<CallEffect> TakeEffects()
    {
        CallEffect[] effects = _effects;
        Array.Resize(ref effects, _count);
        return ImmutableCollectionsMarshal.AsImmutableArray(effects);
    }

    public void Raise(CallEvent callEvent) => Emit(new CallEffect.Raise(callEvent));

    public void Drop(SignalDropCode code, string detail) => Raise(new CallEvent.SignalDropped(code, detail));

    /// <summary>Tells the remote peer, if there is one that can be reached.</summary>
    public void Tell(PeerMessage message)
    {
        if (State.Remote is { } remote && !State.IsRemoteAbsent)
        {
            // Said first, so that who watches both sides sees the message sent before it is received.
            Raise(new CallEvent.SignalSent(message.Kind, message.GenerationOrNull));
            Emit(new CallEffect.Send(remote, message));
        }
    }

    /// <summary>Leaves a message of the present generation with the server, for the next peer to come.</summary>
    public void Park(PeerMessage message)
    {
        Raise(new CallEvent.SignalSent(message.Kind, message.GenerationOrNull));
        Emit(new CallEffect.Park(State.Generation, message));
    }

    public void StartTimer(FlowTimer timer)
    {
        int number = ++State.LastTimer;
        SetTimer(timer.Slot(), number);
        Emit(new CallEffect.StartTimer(timer, number));
    }

    public void StopTimer(FlowTimerSlot slot)
    {
        if (Timer(slot) != 0)
        {
            SetTimer(slot, 0);
            Emit(new CallEffect.StopTimer(slot));
        }
    }

    public void StopAllTimers()
    {
        StopTimer(FlowTimerSlot.Phase);
        StopTimer(FlowTimerSlot.Media);
        StopTimer(FlowTimerSlot.Disconnected);
        StopTimer(FlowTimerSlot.Signaling);
    }

    /// <summary>True when this timer still runs; it then runs no more.</summary>
    public bool TryTakeTimer(CallInput.TimerElapsed elapsed)
    {
        FlowTimerSlot slot = elapsed.Timer.Slot();
        if (Timer(slot) != elapsed.Number)
        {
            return false;
        }

        SetTimer(slot, 0);
        return true;
    }

    private readonly int Timer(FlowTimerSlot slot) => slot switch
    {
        FlowTimerSlot.Media => State.MediaTimer,
        FlowTimerSlot.Disconnected => State.DisconnectedTimer,
        FlowTimerSlot.Signaling => State.SignalingTimer,
        _ => State.PhaseTimer,
    };

    private void SetTimer(FlowTimerSlot slot, int number)
    {
        switch (slot)
        {
            case FlowTimerSlot.Media: State.MediaTimer = number; break;
            case FlowTimerSlot.Disconnected: State.DisconnectedTimer = number; break;
            case FlowTimerSlot.Signaling: State.SignalingTimer = number; break;
            default: State.PhaseTimer = number; break;
        }
    }
}
