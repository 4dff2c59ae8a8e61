using Microsoft.Extensions.Logging;
namespace RoomCall.DataChannels;
internal sealed class CallDataChannel(string label, DataChannelOptions options, DataChannelLimits limits, ILogger logger, Action<DataChannelState>? changed) : IDataChannel
{
    public void Attach(IDataChannelTransport t) { _ = limits; _ = logger; _ = changed; }
    public void Abort(Exception? e) { _ = label; }
    public string Label => label; public DataChannelOptions Options => options; public DataChannelState State => default; public IObservable<DataChannelState> States => null!;
    public int MaxMessageSize => 0; public long BufferedAmount => 0;
    public ValueTask SendAsync(string text, CancellationToken c = default) => default;
    public ValueTask SendAsync(ReadOnlyMemory<byte> d, CancellationToken c = default) => default;
    public IAsyncEnumerable<DataMessage> ReadAllAsync(CancellationToken c = default) => null!;
    public IObservable<DataMessage> Messages => null!;
    public DataChannelStream AsStream(DataChannelStreamOptions? o = null) => null!;
    public Task WhenOpenAsync(CancellationToken c = default) => Task.CompletedTask;
    public Task CloseAsync(CancellationToken c = default) => Task.CompletedTask;
    public ValueTask DisposeAsync() => default;
}
