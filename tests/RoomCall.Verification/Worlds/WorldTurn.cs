using System.Collections.Immutable;
using RoomCall.Server.Rooms;
using RoomCall.Signaling;
using RoomCall.Verification.Engine;
using RoomCall.Verification.Exploration;

namespace RoomCall.Verification.Worlds;

/// <summary>
/// One move while it is being made: lets the flow that ships step, does its effects to what surrounds it, and notes the first rule that
/// is broken.
/// </summary>
internal sealed class WorldTurn(WorldState before, Scenario scenario)
{
    private readonly Side[] _sides = [.. before.Sides];
    private WorldState _state = before;

    public Violation? Violation { get; private set; }

    public WorldState Result => _state with { Sides = [.. _sides] };

    public Side this[int who]
    {
        get => _sides[who];
        set => _sides[who] = value;
    }

    public RoomState Room
    {
        get => _state.Room;
        set => _state = _state with { Room = value };
    }

    public ImmutableArray<Ghost> Ghosts
    {
        get => _state.Ghosts;
        set => _state = _state with { Ghosts = value };
    }

    public ImmutableArray<PeerMessage> Parked
    {
        get => _state.Parked;
        set => _state = _state with { Parked = value };
    }

    public void Change(Func<WorldState, WorldState> change) => _state = change(_state);

    public Scenario Scenario => scenario;

    public int ActsDone => scenario.Budget - _state.ActsLeft;

    public ulong Acts => _state.Acts;

    public void Break(Violation? violation) => Violation ??= violation;

    public void Break(Rule rule, string detail) => Break(new Violation(rule, detail));

    /// <summary>A program begins a session: the first, or another stay.</summary>
    public void Join(int who)
    {
        Side side = _sides[who];
        int stay = side.Stay + 1;
        _sides[who] = new Side(side.Name, side.Rules)
        {
            Stay = stay,
            Id = stay == 1 ? side.Name : $"{side.Name}{stay}",
            IsRunning = true,
            IsOnline = true,
        };
        Give(who, new CallInput.Join());
    }

    /// <summary>A session takes an input.</summary>
    public void Give(int who, CallInput input)
    {
        Side side = _sides[who];
        if (!side.IsRunning)
            return;

        FlowState flow;
        ImmutableArray<CallEffect> effects;
        try
        {
            (flow, effects) = scenario.Step(side.Rules, side.Flow, input);
        }
        catch (Exception exception)
        {
            Break(Rule.NothingThrows, $"The flow of {side.Id} throws on {input.GetType().Name}: {exception.Message}");
            return;
        }

        _sides[who] = side with { Flow = flow };
        if (side.Flow.Phase < CallPhase.Ending && flow.EndReason is { } reason && !EndCauses.Has(this, who, reason.Code))
            Break(Rule.EndHasCause, $"The session of {side.Id} ends ({reason.Code}), for which there is no cause.");

        foreach (CallEffect effect in effects)
            Do(who, effect);

        Check(who);
    }

    /// <summary>What was on its way to the server may still arrive, until the server notices.</summary>
    public void LeaveGhost(int who)
    {
        Side side = _sides[who];
        if (side.IsOnline && (Room.Holds(side.Id) || !side.Outbox.IsEmpty))
            Ghosts = Ghosts.Add(new Ghost(side.Id, side.Outbox));
        _sides[who] = side with { IsOnline = false, IsInterrupted = false, Outbox = [], Inbox = [] };
    }

    private void Do(int who, CallEffect effect)
    {
        Side side = _sides[who];
        switch (effect)
        {
            case CallEffect.JoinRoom or CallEffect.Send or CallEffect.Park or CallEffect.LeaveRoom when side.IsOnline:
                _sides[who] = side with { Outbox = side.Outbox.Add(effect) };
                break;
            case CallEffect.Send or CallEffect.Park:
                Post(who, new CallInput.SignalingEnded("A message could not be sent."));
                break;
            case CallEffect.LeaveRoom:
                Post(who, new CallInput.RoomLeft());
                break;
            case CallEffect.OpenMedia:
                _sides[who] = side with { Media = MediaQuestion.Asked };
                break;
            case CallEffect.CloseMedia:
                _sides[who] = side with { Media = scenario.Allows(Act.LateMedia) ? MediaQuestion.GivenUp : MediaQuestion.None };
                break;
            case CallEffect.CreatePeerConnection create:
                if (side.Connection is { } held)
                    Break(Rule.OneConnection, $"{side.Id} makes the connection {create.Connection} and holds {held.Number} already.");
                _sides[who] = side with
                {
                    Connection = new ModelConnection(side.Id, create.Connection),
                    Operations = side.Operations.Add(create),
                };
                break;
            case CallEffect.ClosePeerConnection close:
                Close(who, close);
                break;
            case CallEffect.CreateOffer or CallEffect.CreateAnswer or CallEffect.SetLocalDescription or CallEffect.SetRemoteDescription
                or CallEffect.AddIceCandidate:
                Ask(who, OperationNames.ConnectionOf(effect), effect);
                break;
            case CallEffect.StartTimer start:
                SetTimer(who, start.Timer.Slot(), new RunningTimer(start.Timer, start.Number));
                break;
            case CallEffect.StopTimer stop:
                SetTimer(who, stop.Slot, null);
                break;
            case CallEffect.Complete complete:
                Complete(who, complete.Reason);
                break;
        }
    }

    // One word is enough where several fail.
    private void Post(int who, CallInput input)
    {
        Side side = _sides[who];
        if (!side.Posted.Any(posted => posted.GetType() == input.GetType()))
            _sides[who] = side with { Posted = side.Posted.Add(input) };
    }

    private void Ask(int who, int connection, CallEffect operation)
    {
        Side side = _sides[who];
        if (side.Connection is { IsClosing: false } held && held.Number == connection)
            _sides[who] = side with { Operations = side.Operations.Add(operation) };
        else
            Break(Rule.NothingAfterClose, $"{side.Id} asks {operation.GetType().Name} of the connection {connection}, which is not open.");
    }

    private void Close(int who, CallEffect.ClosePeerConnection close)
    {
        Side side = _sides[who];
        if (side.Connection is not { IsClosing: false } held || held.Number != close.Connection)
        {
            Break(Rule.NothingAfterClose, $"{side.Id} closes the connection {close.Connection}, which is not open.");
            return;
        }

        _sides[who] = side with
        {
            Connection = close.Deliver ? held with { IsClosing = true } : null,
            Operations = [.. side.Operations.RemoveAll(operation => OperationNames.ConnectionOf(operation) == close.Connection), close],
            IsFirstApplied = false,
            LastClosed = scenario.Allows(Act.LateEngineNews) ? close.Connection : 0,
        };
    }

    private void SetTimer(int who, FlowTimerSlot slot, RunningTimer? timer)
    {
        Side side = _sides[who];
        RunningTimer? stopped = side.Timers[(int)slot];
        _sides[who] = side with
        {
            Timers = side.Timers.SetItem((int)slot, timer),
            LastStopped = stopped is not null && scenario.Allows(Act.StoppedTimer) ? stopped : side.LastStopped,
        };
    }

    private void Complete(int who, CallEndReason reason)
    {
        Side side = _sides[who];
        if (side.Flow.Phase != CallPhase.Ended || side.Flow.EndReason != reason || SessionAfterEnd.Reacts(scenario, side))
            Break(Rule.OneEnd, $"{side.Id} is told an end ({reason.Code}), and is not at its end.");
        if (side.Connection is { IsClosing: false } || side.Timers.Any(static timer => timer is not null))
            Break(Rule.OneEnd, $"{side.Id} has ended and holds a connection or a timer.");

        LeaveGhost(who);
        _sides[who] = new Side(side.Name, side.Rules) { Stay = side.Stay, Id = side.Id };
    }

    private void Check(int who)
    {
        Side side = _sides[who];
        if (side.IsRunning && side.Flow.Phase < CallPhase.Ending && side.Flow.Connection != (side.Connection?.Number ?? 0))
            Break(Rule.OneConnection, $"{side.Id} believes to hold the connection {side.Flow.Connection}, and holds {side.Connection?.Number ?? 0}.");

        foreach (Side other in _sides)
        {
            if (other.Id != side.Id && IsOffering(side) && IsOffering(other) && side.Flow.Remote == other.Id && other.Flow.Remote == side.Id)
            {
                Break(Rule.OneOfferer, $"{side.Id} and {other.Id} offer at a time.");
            }
        }
    }

    // One that was forgotten, and was not let in again yet, does not know its role.
    private static bool IsOffering(Side side) => side is { IsRunning: true, Flow.IsSignalingInterrupted: false }
        && side.Flow.Step is NegotiationStep.CreatingOffer or NegotiationStep.ApplyingLocalOffer or NegotiationStep.AwaitingAnswer
            or NegotiationStep.ApplyingAnswer;
}
