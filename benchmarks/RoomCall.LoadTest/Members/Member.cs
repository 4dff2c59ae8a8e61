using System.Net;
using RoomCall.LoadTest.Wire;

namespace RoomCall.LoadTest.Members;

/// <summary>One of the two in a room, as a client of some server.</summary>
internal abstract class Member : ITextReceiver, IDisposable
{
    private readonly LoadSocket _socket = new();
    private readonly TaskCompletionSource _admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _peerThere = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Is told of each message of the other; set before anything is sent.</summary>
    public PayloadHandler? Received { get; set; }

    /// <summary>When the other one is in the room, as far as the server tells.</summary>
    public Task PeerThere => _peerThere.Task;

    /// <summary>When the server has ended the connection.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>The code that the server closed with; null while it has not.</summary>
    public int? CloseCode => _socket.CloseCode;

    /// <summary>Enters a room; returns when the server has admitted this member.</summary>
    public async Task JoinAsync(IPEndPoint server, string room, CancellationToken cancellationToken)
    {
        Room = room;
        await _socket.OpenAsync(server, Target, SubProtocol, cancellationToken);
        OnOpen();
        Ended = ReadAsync(cancellationToken);
        await _admitted.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The frame that takes a payload to the other one; to be built once and sent often, when the other one is there.</summary>
    /// <param name="json">Any JSON.</param>
    public abstract byte[] Frame(string json);

    public void Send(ReadOnlySpan<byte> frame) => _socket.Send(frame);

    /// <summary>Leaves the room as this server's clients do; <see cref="Ended"/> follows.</summary>
    public abstract void Leave();

    /// <summary>A while has passed without a word.</summary>
    public virtual void OnQuiet()
    {
    }

    public abstract void OnText(ReadOnlySpan<byte> text);

    public void Dispose() => _socket.Dispose();

    /// <summary>The path and query that the WebSocket is opened at.</summary>
    protected abstract string Target { get; }

    protected virtual string? SubProtocol => null;

    /// <summary>The room's name.</summary>
    protected string Room { get; private set; } = "";

    /// <summary>Asks for the room, where neither opening the WebSocket does nor the server speaks first.</summary>
    protected virtual void OnOpen()
    {
    }

    protected void SendText(string text) => _socket.Send(ClientFrame.OfText(text));

    /// <summary>Whether this member has left, so that what the server says last is no news.</summary>
    protected bool HasLeft => _socket.HasSentClose;

    protected void SendClose() => _socket.SendClose();

    protected void OnAdmitted() => _admitted.TrySetResult();

    protected void OnPeerThere() => _peerThere.TrySetResult();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _socket.ReadAsync(this, cancellationToken);
            Fail(new IOException($"The server closed the connection, with code {CloseCode}, too early."));
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
    }

    private void Fail(Exception exception)
    {
        _admitted.TrySetException(exception);
        _peerThere.TrySetException(exception);
    }
}
