namespace RoomCall.Conformance;

/// <summary>A server, a network and those on it, fresh for one test: what the writer of a signaler or an engine brings to the fixtures
/// of whole calls.</summary>
public abstract class CallWorld : IAsyncDisposable
{
    /// <summary>The clock of all time-outs. A virtual one, where the engine and the signaler can run on it.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>Makes one more side: a client's program, with a signaler and an engine of its own.</summary>
    /// <param name="canRestartIce">Whether its engine can restart ICE; false: a poorer one.</param>
    /// <param name="isUnreachable">Whether none of its packets reaches anybody, as behind a firewall that lets no UDP through.</param>
    /// <param name="canCloseChannels">Whether its engine can close a data channel so that both sides see it; false: a poorer one.</param>
    public abstract CallSide CreateSide(bool canRestartIce = true, bool isUnreachable = false, bool canCloseChannels = true);

    /// <summary>Lets a while pass; a virtual clock is moved.</summary>
    /// <param name="time">How long.</param>
    public abstract ValueTask PassAsync(TimeSpan time);

    /// <summary>Asserts that, after all sessions have ended, nobody is in a room and no peer connection is open.</summary>
    public abstract void AssertEmpty();

    public abstract ValueTask DisposeAsync();
}
