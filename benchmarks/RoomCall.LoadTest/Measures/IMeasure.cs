using RoomCall.LoadTest.Servers;

namespace RoomCall.LoadTest.Measures;

/// <summary>Finds some figures of a server that has just been started.</summary>
internal interface IMeasure
{
    /// <summary>What is measured, with its numbers: the heading of its table.</summary>
    string Title { get; }

    /// <summary>Measured beside those that are asked for.</summary>
    IReadOnlyList<ServerKind> Beside => [];

    /// <returns>The same figures each time, in the same order.</returns>
    Task<IReadOnlyList<Figure>> RunAsync(RunningServer server, CancellationToken cancellationToken);
}
