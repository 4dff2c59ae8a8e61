using RoomCall.Media;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace RoomCall.Conformance;

/// <summary>One side of a call: its way to the server, its engine, and the accidents that can befall them.</summary>
public abstract class CallSide
{
    public abstract IRoomSignaler Signaler { get; }

    public abstract IPeerConnectionFactory Engine { get; }

    /// <summary>Makes a client of this side.</summary>
    /// <param name="options">How it calls.</param>
    public abstract ICallClient CreateClient(CallOptions options);

    /// <summary>Makes a source of media that this side's engine can send, granted at once.</summary>
    public abstract IMediaSource CreateMedia();

    /// <summary>The program crashes: its connection to the server ends without a word, and its packets end.</summary>
    public abstract void Vanish();

    /// <summary>The connection to the server is interrupted until <see cref="ResumeSignaling"/>.</summary>
    public abstract void InterruptSignaling();

    public abstract void ResumeSignaling();

    /// <summary>The connection to the server is lost for good; the engine's network stays.</summary>
    public abstract void LoseSignaling();

    /// <summary>The server cannot be reached by what connects from now on.</summary>
    public abstract void MakeServerUnreachable();

    /// <summary>No packet of the engine comes through until <see cref="Reconnect"/>.</summary>
    public abstract void Disconnect();

    public abstract void Reconnect();
}
