using System.Threading.Channels;
using RoomCall.Signaling.Links;

namespace RoomCall.Tests.Signaling.Links;

/// <summary>A transport whose other end is the test: it takes each link, hears what the client says and says what a server would.</summary>
internal sealed class ScriptedTransport : ISignalingTransport
{
    private readonly Channel<ScriptedLink> _links = Channel.CreateUnbounded<ScriptedLink>();
    private int _attempts;

    /// <summary>What attempts to connect fail with; null: they succeed.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether the first frame goes with the request.</summary>
    public bool TakesFirst { get; set; }

    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>Released once for each attempt.</summary>
    public SemaphoreSlim Attempted { get; } = new(0);

    public ValueTask<ISignalingLink> ConnectAsync(ReadOnlyMemory<byte> first, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _attempts);
        Attempted.Release();
        if (Failure is { } failure)
        {
            return ValueTask.FromException<ISignalingLink>(failure);
        }

        ScriptedLink link = new() { HasSentFirst = TakesFirst };
        if (TakesFirst)
        {
            link.Take(first);
        }

        _links.Writer.TryWrite(link);
        return new ValueTask<ISignalingLink>(link);
    }

    /// <summary>The next link that the client has made.</summary>
    public Task<ScriptedLink> NextAsync() => _links.Reader.ReadAsync().Soon();
}
