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

        if (HubPlace.TryTake(caller, _options.MaxStaysPerConnection, server.IsStopping) is not { } place)
        {
            throw new HubException(
                $"A connection carries no more than {_options.MaxStaysPerConnection} stays at a time: leave a room, or open another connection.");
        }

        HubLink link = new(place);
        string? user = caller.UserIdentifier ?? ClientAdmission.UserOf(caller.User);
        SignalingConnection connection = server.Connect(link, admission.ClientOf(request, user));
        HubHeartbeat heartbeat = new(_options.HeartbeatInterval, _options.HeartbeatTimeout, timeProvider, link.Ask, link.Abort);
        HubSession session = new(link, connection, heartbeat, frames, _options.MaxFrameBytes);
        _ = RunAsync();
        return link.ReadAllAsync(session.NobodyReads, CancellationToken.None);

        async Task RunAsync()
        {
            try
            {
                await session.RunAsync(lost).ConfigureAwait(false);
            }
            finally
            {
                place.Release();

                // SignalR cuts the connections that are up when the application stops. One that is made after that and before the web server
                // listens no more would be kept, and the client on it sent away again and again, for as long as the web server waits.
                if (place.IsOfLateConnection)
                    caller.Abort();
            }
        }
    }
}
