using BenchmarkDotNet.Attributes;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Benchmarks;

/// <summary>One step of the flow. The baseline takes the same values and does nothing: it copies the state.</summary>
public class CallFlowBenchmarks
{
    private static readonly FlowRules Rules = new();
    private FlowState _connected;
    private FlowState _waiting;
    private CallInput _candidate = null!;
    private CallInput _join = null!;
    private CallInput _connectionChanged = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _candidate = new CallInput.PeerSaid("b", new PeerMessage.Candidate(new IceCandidate("candidate:1 1 udp 1 192.0.2.1 9 typ host", "0", 0), 1));
        _join = new CallInput.Room(new RoomEvent.Join("b", "a"));
        _waiting = Take(new FlowState(), new CallInput.Join(), new CallInput.Room(new RoomEvent.Created("lobby", "a", [])));
        SessionDescription offer = new(SdpType.Offer, "v=0");
        _connected = Take(
            _waiting,
            _join,
            new CallInput.OfferCreated(1, offer),
            new CallInput.LocalDescriptionApplied(1, offer),
            new CallInput.PeerSaid("b", new PeerMessage.Answer("v=0", 1)),
            new CallInput.RemoteDescriptionApplied(1));
        _connectionChanged = new CallInput.ConnectionChanged(1, PeerConnectionState.Connected);
    }

    [Benchmark(Baseline = true, Description = "Flow: copy the state")]
    public int CopyTheState()
    {
        FlowState state = _connected;
        return state.Generation;
    }

    [Benchmark(Description = "Flow: a candidate is added")]
    public int Candidate() => CallFlow.Step(Rules, _connected, _candidate).Effects.Length;

    [Benchmark(Description = "Flow: the connection is up")]
    public int Connected() => CallFlow.Step(Rules, _connected, _connectionChanged).Effects.Length;

    [Benchmark(Description = "Flow: a peer joins and the gate opens")]
    public int GateOpens() => CallFlow.Step(Rules, _waiting, _join).Effects.Length;

    private static FlowState Take(FlowState state, params CallInput[] inputs)
    {
        foreach (CallInput input in inputs)
        {
            (state, _) = CallFlow.Step(Rules, state, input);
        }

        return state;
    }
}
