namespace RoomCall.Tests.Flow.Vectors;

/// <summary>Notes the walks of all flows that its thread drives, until it is disposed.</summary>
internal sealed class FlowRecorder : IDisposable
{
    [ThreadStatic]
    private static FlowRecorder? _current;

    private readonly List<(object Flow, FlowRules Rules, List<FlowStep> Steps)> _flows = [];

    public FlowRecorder() => _current = this;

    public static void Note(object flow, FlowRules rules, in FlowStep step) => _current?.Add(flow, rules, step);

    public void Dispose() => _current = null;

    /// <summary>The walks so far, in the order in which they began; where there are several, each name tells which.</summary>
    public IEnumerable<FlowWalk> Walks(string name) =>
        _flows.Select((flow, i) => new FlowWalk(_flows.Count == 1 ? name : $"{name}, flow {i + 1}", flow.Rules, flow.Steps));

    private void Add(object flow, FlowRules rules, in FlowStep step)
    {
        int index = _flows.FindLastIndex(known => ReferenceEquals(known.Flow, flow));
        if (index < 0)
        {
            index = _flows.Count;
            _flows.Add((flow, rules, []));
        }

        _flows[index].Steps.Add(step);
    }
}
