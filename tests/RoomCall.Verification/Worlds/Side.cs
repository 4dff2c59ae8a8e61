using System.Collections.Immutable;
using RoomCall.Verification.Engine;

namespace RoomCall.Verification.Worlds;

/// <summary>Where the question for camera and microphone stands.</summary>
internal enum MediaQuestion
{
    None,
    Asked,
    LeftOpen,
    GivenUp,
}

/// <summary>A timer of a session.</summary>
/// <param name="Kind">What it limits.</param>
/// <param name="Number">What tells it from those before it.</param>
internal readonly record struct RunningTimer(FlowTimer Kind, int Number);

/// <summary>
/// One program: a session's flow and all that surrounds it. Its queues to and from the server, what its own signaling posted, its engine,
/// which does one operation after the other, and its timers. A value.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Rules">Its options.</param>
internal sealed record Side(string Name, FlowRules Rules)
{
    /// <summary>How many sessions it has begun.</summary>
    public int Stay { get; init; }

    /// <summary>Its id in the room, another one for each stay.</summary>
    public string Id { get; init; } = Name;

    /// <summary>A session runs.</summary>
    public bool IsRunning { get; init; }

    /// <summary>The program stands still.</summary>
    public bool IsFrozen { get; init; }

    public FlowState Flow { get; init; } = new();

    /// <summary>The timer that runs in each slot.</summary>
    public ImmutableArray<RunningTimer?> Timers { get; init; } = [null, null, null, null];

    // --- signaling

    public bool IsOnline { get; init; }

    public bool IsInterrupted { get; init; }

    /// <summary>From the server, on its way.</summary>
    public ImmutableArray<CallInput> Inbox { get; init; } = [];

    /// <summary>To the server, on its way.</summary>
    public ImmutableArray<CallEffect> Outbox { get; init; } = [];

    /// <summary>What the session's own signaling has posted to its loop.</summary>
    public ImmutableArray<CallInput> Posted { get; init; } = [];

    // --- media and engine

    public MediaQuestion Media { get; init; }

    public ImmutableArray<CallEffect> Operations { get; init; } = [];

    /// <summary>The first of the operations is done, and the session was not told yet.</summary>
    public bool IsFirstApplied { get; init; }

    public ModelConnection? Connection { get; init; }

    // --- what may still come late, kept only where the scenario lets it come

    /// <summary>The connection that was closed last.</summary>
    public int LastClosed { get; init; }

    /// <summary>The timer that was stopped last.</summary>
    public RunningTimer? LastStopped { get; init; }
}
