using RoomCall.DataChannels;

namespace RoomCall.Tests.Flow;

/// <summary>A channel that the flow only hands on.</summary>
internal sealed class ChannelStub : IDataChannelTransport
{
    public int? Id => 0;

    public string Label => "sendDataChannel";

    public DataChannelOptions Options => DataChannelOptions.Reliable;

    public DataChannelState State => DataChannelState.Open;

    public int MaxMessageSize => 65_536;

    public long BufferedAmount => 0;

    public long BufferedAmountLowThreshold { get; set; }

    public void Attach(IDataChannelTransportObserver observer) => throw new NotSupportedException();

    public void Send(DataMessage message) => throw new NotSupportedException();

    public void Close() => throw new NotSupportedException();
}
