using System.Net;
using SIPSorcery.Net;

namespace RoomCall.NativeCalls.Bare;

/// <summary>SIPSorcery by hand, as its samples do it: both ends know each other, candidates are in the descriptions, and nothing is guarded.</summary>
internal sealed class BareContender : IContender
{
    public string Name => "bare";

    public Task<Func<Task<IOpenCall>>> PrepareAsync() => Task.FromResult(OpenAsync);

    private static async Task<IOpenCall> OpenAsync()
    {
        RTCPeerConnection offerer = new(Configuration());
        RTCPeerConnection answerer = new(Configuration());
        TaskCompletionSource<RTCDataChannel> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        answerer.ondatachannel += opened.SetResult;
        RTCDataChannel near = await offerer.createDataChannel("sendDataChannel");
        near.onopen += open.SetResult;

        RTCSessionDescriptionInit offer = offerer.createOffer();
        await offerer.setLocalDescription(offer);
        answerer.setRemoteDescription(offer);
        RTCSessionDescriptionInit answer = answerer.createAnswer();
        await answerer.setLocalDescription(answer);
        offerer.setRemoteDescription(answer);
        RTCDataChannel far = await opened.Task;
        await open.Task;
        return new BareCall(offerer, answerer, near, far);
    }

    private static RTCConfiguration Configuration() => new() { X_BindAddress = IPAddress.Loopback, X_UseRtpFeedbackProfile = true };
}
