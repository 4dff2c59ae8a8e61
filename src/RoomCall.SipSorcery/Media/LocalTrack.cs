using System.Diagnostics.CodeAnalysis;
using RoomCall.Media;
using SIPSorcery.Net;

namespace RoomCall.SipSorcery;

/// <summary>A local track: one of SIPSorcery's sources, which runs while at least one connection sends it.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "No wait handle is ever taken from it.")]
internal abstract class LocalTrack(MediaKind kind) : IMediaTrack
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1);
    private int _senders;
    private bool _hasStarted;
    private bool _isClosed;

    public string Id { get; } = Guid.NewGuid().ToString();

    public MediaKind Kind => kind;

    /// <summary>False: nothing is sent, and the source runs on.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What the description offers.</summary>
    /// <param name="options">The codecs that are wanted: where there are none of this kind, the section sends only.</param>
    public abstract MediaStreamTrack Describe(SipSorceryOptions options);

    /// <summary>The connection is up: its format is taken, and the source runs.</summary>
    public Task StartAsync(Action choose) => InTurnAsync(async () =>
    {
        choose();
        if (_isClosed || ++_senders > 1)
            return;

        await (_hasStarted ? ResumeSourceAsync() : StartSourceAsync()).ConfigureAwait(false);
        _hasStarted = true;
    });

    /// <summary>The connection is gone: without another one, the source rests.</summary>
    public Task StopAsync() => InTurnAsync(() => --_senders > 0 || _isClosed ? Task.CompletedTask : PauseSourceAsync());

    /// <summary>Closes the source, also one that hangs in something else.</summary>
    /// <exception cref="TimeoutException">It does not close.</exception>
    public async Task CloseAsync()
    {
        bool isTurn = await _turn.WaitAsync(Patience).ConfigureAwait(false);
        try
        {
            if (_isClosed)
                return;

            _isClosed = true;
            await CloseSourceAsync().WaitAsync(Patience, TimeProvider.System).ConfigureAwait(false);
        }
        finally
        {
            if (isTurn)
                _turn.Release();
        }
    }

    protected abstract Task StartSourceAsync();

    protected abstract Task ResumeSourceAsync();

    protected abstract Task PauseSourceAsync();

    protected abstract Task CloseSourceAsync();

    private async Task InTurnAsync(Func<Task> work)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
