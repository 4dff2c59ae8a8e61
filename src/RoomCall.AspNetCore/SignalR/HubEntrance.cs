using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RoomCall.Server;

namespace RoomCall.AspNetCore;

/// <summary>Takes up the streams that clients open on a hub, as many as one connection may have.</summary>
internal sealed class HubEntrance(SignalingServer server, ClientAdmission admission, IOptions<RoomCallServerOptions> options, TimeProvider timeProvider)
{
    private readonly RoomCallServerOptions _options = options.Value.Copy();

    /// <summary>Whether there is a hub to come in by.</summary>
    public bool IsOpen { get; set; }

    /// <summary>How large a frame may be, in bytes.</summary>
    public int MaxFrameBytes => _options.MaxFrameBytes;

    /// <summary>Begins a stay.</summary>
    /// <param name="caller">The connection.</param>
    /// <param name="request">The request with which it began.</param>
    /// <param name="frames">What the client says.</param>
    /// <param name="lost">The client is gone.</param>
    /// <returns>What the server says.</returns>
    /// <exception cref="HubException">The client may not connect.</exception>
    public IAsyncEnumerable<string> Connect(HubCallerContext caller, HttpContext request, ChannelReader<string> frames, CancellationToken lost)
    {
        if (!admission.IsAllowed(request))
            throw new HubException(ClientAdmission.WrongOrigin);

        StreamCount streams = StreamCount.Of(caller);
        if (!streams.TryAdd(_options.MaxStaysPerConnection))
        {
            throw new HubException(
                $"A connection carries no more than {_options.MaxStaysPerConnection} stays at a time: leave a room, or open another connection.");
        }

        HubLink link = new(caller.Abort, _options.CloseTimeout, timeProvider);
        SignalingConnection connection = server.Connect(link, admission.ClientOf(request, caller.UserIdentifier));
        HubHeartbeat heartbeat = new(_options.HeartbeatInterval, _options.HeartbeatTimeout, timeProvider, link.Ask, link.Abort);
        HubSession session = new(link, connection, heartbeat, _options.MaxFrameBytes);
        _ = RunAsync();
        return link.ReadAllAsync(CancellationToken.None);

        async Task RunAsync()
        {
            try
            {
                await session.RunAsync(frames, lost).ConfigureAwait(false);
            }
            finally
            {
                streams.Remove();
            }
        }
    }

    /// <summary>How many streams a connection has.</summary>
    private sealed class StreamCount
    {
        private int _count;

        public static StreamCount Of(HubCallerContext caller)
        {
            lock (caller.Items)
            {
                if (caller.Items.TryGetValue(typeof(StreamCount), out object? count))
                    return (StreamCount)count!;

                StreamCount first = new();
                caller.Items.Add(typeof(StreamCount), first);
                return first;
            }
        }

        public bool TryAdd(int most)
        {
            if (Interlocked.Increment(ref _count) <= most)
                return true;

            Remove();
            return false;
        }

        public void Remove() => Interlocked.Decrement(ref _count);
    }
}
