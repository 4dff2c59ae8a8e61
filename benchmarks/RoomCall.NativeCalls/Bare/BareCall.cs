using SIPSorcery.Net;

namespace RoomCall.NativeCalls.Bare;

/// <summary>A call by hand.</summary>
internal sealed class BareCall : IOpenCall
{
    private const ulong HighWater = 256 * 1024;

    private readonly RTCPeerConnection _offerer;
    private readonly RTCPeerConnection _answerer;
    private readonly RTCDataChannel _near;
    private TaskCompletionSource _answered = new();
    private TaskCompletionSource _received = new();
    private int _missing;

    public BareCall(RTCPeerConnection offerer, RTCPeerConnection answerer, RTCDataChannel near, RTCDataChannel far)
    {
        (_offerer, _answerer, _near) = (offerer, answerer, near);
        near.onmessage += (_, _, _) => _answered.TrySetResult();
        far.onmessage += (_, _, data) =>
        {
            if (_missing == 0)
                far.send(data);
            else if (Interlocked.Add(ref _missing, -data.Length) == 0)
                _received.SetResult();
        };
    }

    public Task EchoAsync()
    {
        _answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _near.send(Messages.Short);
        return _answered.Task;
    }

    public async Task SendAsync(int messages)
    {
        _received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _missing = messages * Messages.Long.Length;
        for (int i = 0; i < messages; i++)
        {
            while (_near.bufferedAmount > HighWater)
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            _near.send(Messages.Long);
        }

        await _received.Task;
    }

    public ValueTask DisposeAsync()
    {
        _offerer.close();
        _answerer.close();
        return default;
    }
}
