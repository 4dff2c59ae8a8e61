using RoomCall.Signaling;

namespace RoomCall.Samples;

/// <summary>Watches whether all that signaling can do for a call is done: both descriptions are applied, this side's candidates are sent,
/// and the other side's have begun to come. It begins anew with each call.</summary>
internal sealed class Negotiation(int ownCandidates)
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private bool _areDescriptionsApplied;
    private int _sent;
    private int _came;
    private bool _isStarted;
    private bool _isTold;

    /// <summary>Ends with the first negotiation that is done.</summary>
    public Task First => _first.Task;

    /// <summary>Raised once for each call that is negotiated.</summary>
    public event Action? Done;

    public void Take(CallState state) => Take(() =>
    {
        _areDescriptionsApplied = state.Phase is CallPhase.Connecting or CallPhase.Connected;

        // Only when a call ends: candidates may be sent ahead of the next one, while nobody is there.
        if (_isStarted && !state.IsStarted)
            (_sent, _came, _isTold) = (0, 0, false);
        _isStarted = state.IsStarted;
    });

    public void Sent(PeerMessage message) => Take(() => _sent += message is PeerMessage.Candidate ? 1 : 0);

    public void Came(PeerMessage message) => Take(() => _came += message is PeerMessage.Candidate ? 1 : 0);

    private void Take(Action note)
    {
        lock (_gate)
        {
            note();
            if (_isTold || !_areDescriptionsApplied || _sent < ownCandidates || _came == 0)
                return;

            _isTold = true;
        }

        Done?.Invoke();
        _first.TrySetResult();
    }
}
