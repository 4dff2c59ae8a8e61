using System.Text;
using RoomCall.Signaling.Protocol;

namespace RoomCall.Server.Tests.Signaling;

/// <summary>A transport that does what a test says, and checks what the server does: one call at a time, nothing after the close, and no
/// change of a frame's bytes while they are sent.</summary>
internal sealed class TestLink : IClientLink
{
    private readonly Lock _gate = new();
    private readonly List<string> _frames = [];
    private readonly List<string> _complaints = [];
    private TaskCompletionSource? _pending;
    private bool _isHeld;
    private bool _isSending;
    private int _aborts;

    /// <summary>Runs when a frame begins to be sent.</summary>
    public Action? OnSend { get; set; }

    /// <summary>Runs when the connection was aborted.</summary>
    public Action? OnAbort { get; set; }

    /// <summary>Runs when the server closed.</summary>
    public Action? OnClose { get; set; }

    /// <summary>What the next call throws.</summary>
    public Exception? Throws { get; set; }

    /// <summary>What an abort throws.</summary>
    public Exception? ThrowsOnAbort { get; set; }

    /// <summary>The frames that the client has got whole.</summary>
    public IReadOnlyList<string> Frames
    {
        get
        {
            lock (_gate)
                return [.. _frames];
        }
    }

    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_gate)
                return [.. _complaints];
        }
    }

    public EndCode? ClosedWith { get; private set; }

    public int Aborts => Volatile.Read(ref _aborts);

    public bool IsSending
    {
        get
        {
            lock (_gate)
                return _pending is not null;
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> frame)
    {
        string text = Encoding.UTF8.GetString(frame.Span);
        Begin(text);
        OnSend?.Invoke();
        try
        {
            await TransferAsync().ConfigureAwait(false);
            lock (_gate)
            {
                if (Encoding.UTF8.GetString(frame.Span) != text)
                    _complaints.Add($"{text} changed while it was sent.");
                _frames.Add(text);
            }
        }
        finally
        {
            _isSending = false;
        }
    }

    public async ValueTask CloseAsync(EndCode code)
    {
        Begin("close");
        try
        {
            await TransferAsync().ConfigureAwait(false);
            ClosedWith = code;
        }
        finally
        {
            _isSending = false;
        }

        OnClose?.Invoke();
    }

    public void Abort()
    {
        Interlocked.Increment(ref _aborts);
        TaskCompletionSource? pending;
        lock (_gate)
        {
            Throws ??= new IOException("The connection was cut.");
            pending = _pending;
            _pending = null;
        }

        End(pending, isCut: true);
        OnAbort?.Invoke();
        if (ThrowsOnAbort is { } exception)
            throw exception;
    }

    /// <summary>From now on the client reads nothing: what is sent stays on its way.</summary>
    public void Hold()
    {
        lock (_gate)
            _isHeld = true;
    }

    /// <summary>The client reads again.</summary>
    public void Release()
    {
        TaskCompletionSource? pending;
        lock (_gate)
        {
            _isHeld = false;
            pending = _pending;
            _pending = null;
        }

        End(pending, isCut: false);
    }

    // What follows on it runs here and now, so that a test goes on when all of it has happened: no context of the test's may take it.
    private static void End(TaskCompletionSource? pending, bool isCut)
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            if (isCut)
                pending?.SetException(new IOException("The connection was cut."));
            else
                pending?.SetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void Begin(string what)
    {
        lock (_gate)
        {
            if (_isSending)
                _complaints.Add($"{what} began while another was sent.");
            if (ClosedWith is not null)
                _complaints.Add($"{what} came after the close.");
            _isSending = true;
        }
    }

    private Task TransferAsync()
    {
        lock (_gate)
        {
            if (Throws is { } exception)
                return Task.FromException(exception);
            if (!_isHeld)
                return Task.CompletedTask;

            _pending = new TaskCompletionSource();
            return _pending.Task;
        }
    }
}
