using System.Diagnostics.Metrics;
using RoomCall.Signaling;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Diagnostics;

/// <summary>The signaling server's instruments on the meter <c>RoomCall</c>. No tag holds the name of a room or a peer.</summary>
internal sealed class SignalingMetrics
{
    private static readonly Meter SharedMeter = new(BrokerMetrics.MeterName);

    private readonly UpDownCounter<int> _connections;
    private readonly Counter<long> _resumes;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _ends;

    public SignalingMetrics(IMeterFactory? meterFactory)
    {
        Meter meter = meterFactory?.Create(BrokerMetrics.MeterName) ?? SharedMeter;
        _connections = meter.CreateUpDownCounter<int>("roomcall.server.connections", "{connection}", "Connections of clients that are up.");
        _resumes = meter.CreateCounter<long>("roomcall.server.resumes", "{resume}", "Seats that were taken again after a lost connection.");
        _refusals = meter.CreateCounter<long>(
            "roomcall.server.refusals",
            "{refusal}",
            "Frames that were none, and requests that were refused before they reached a room; roomcall.error.code is the name of the RoomErrorCode.");
        _ends = meter.CreateCounter<long>(
            "roomcall.server.ends",
            "{connection}",
            "Connections that the server ended; roomcall.end.code is the name of the EndCode.");
    }

    public void Connected(int change) => _connections.Add(change);

    public void Resumed() => _resumes.Add(1);

    public void Refused(RoomErrorCode code) => _refusals.Add(1, new KeyValuePair<string, object?>("roomcall.error.code", code.ToString()));

    public void Ended(EndCode code) => _ends.Add(1, new KeyValuePair<string, object?>("roomcall.end.code", code.ToString()));
}
