using RoomCall.Signaling;

namespace RoomCall.Conformance;

/// <summary>A fresh signaling server and its clients, for one test; what the writer of a signaler brings to the fixtures.</summary>
/// <remarks>The server has rooms of two places and any number of rooms, takes messages of 64 KiB and as many in a second as are sent,
/// keeps 1,000 of them for a client that is slow to read, and checks nobody's right to be in a room.</remarks>
public abstract class SignalingHost : IAsyncDisposable
{
    /// <summary>How often a test runs that looks for races. <value>Default: 1,000.</value></summary>
    public virtual int Rounds => 1000;

    /// <summary>After how many messages of 1 KiB at most a client that reads none is let go.</summary>
    public abstract int MessagesUntilTooSlow { get; }

    /// <summary>Whether a connection of this transport repairs itself: then <see cref="InterruptAsync"/> and <see cref="ResumeAsync"/>
    /// work. Where it does not, an interruption is a loss, and the fixtures hold it to that. <value>Default: false.</value></summary>
    public virtual bool CanInterrupt => false;

    /// <summary>Whether a message may be any bytes; false: a payload that is no JSON is refused where it is sent.
    /// <value>Default: true.</value></summary>
    public virtual bool CarriesAnyBytes => true;

    /// <summary>Makes the signaler of one more client of the server.</summary>
    public abstract IRoomSignaler CreateSignaler();

    /// <summary>Makes a signaler whose server cannot be reached.</summary>
    public abstract IRoomSignaler CreateUnreachableSignaler();

    /// <summary>Cuts the connections of a client for good and without a word.</summary>
    /// <param name="signaler">One of <see cref="CreateSignaler"/>'s.</param>
    public abstract ValueTask CutAsync(IRoomSignaler signaler);

    /// <summary>Interrupts the connections of a client, in a way that it can repair after <see cref="ResumeAsync"/>.</summary>
    /// <param name="signaler">One of <see cref="CreateSignaler"/>'s.</param>
    public virtual ValueTask InterruptAsync(IRoomSignaler signaler) => throw new NotSupportedException("This transport does not repair itself.");

    /// <summary>Ends the interruption.</summary>
    /// <param name="signaler">One of <see cref="CreateSignaler"/>'s.</param>
    public virtual ValueTask ResumeAsync(IRoomSignaler signaler) => throw new NotSupportedException("This transport does not repair itself.");

    /// <summary>Stops the server.</summary>
    public abstract ValueTask DisposeAsync();
}
