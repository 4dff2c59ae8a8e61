using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using RoomCall.Signaling.Protocol;

namespace RoomCall.AspNetCore;

/// <summary>The signaling server as a SignalR hub: its clients and those of <c>MapRoomCall</c> meet in the same rooms. It takes the place of a
/// hub of one's own; a hub that does more derives from it and is mapped with <c>MapRoomCallHub&lt;THub&gt;</c>. Authorization, hub filters and
/// <see cref="IUserIdProvider"/> work as for any hub.</summary>
public class RoomCallHub : Hub
{
    /// <summary>One stay in one room: frames of <c>docs/protocol.md</c> go both ways until one side ends its stream. A connection may carry
    /// several. Called by the clients of RoomCall, under the name <c>roomcall.v1</c>.</summary>
    /// <param name="frames">What the client says; each one JSON object. It ends when the client does not come back.</param>
    /// <param name="cancellationToken">The client is gone, or has dropped the stream without a word.</param>
    /// <returns>What the server says; each one JSON object.</returns>
    /// <exception cref="HubException">The client may not connect; the message says why.</exception>
    [HubMethodName(SignalingProtocol.SubProtocol)]
    public IAsyncEnumerable<string> ExchangeFrames(ChannelReader<string> frames, CancellationToken cancellationToken)
    {
        if (Context.GetHttpContext() is not { } request)
            throw new HubException("The signaling server needs a connection that began with an HTTP request.");

        // Not by the constructor: a hub that derives from this one has a constructor of its own.
        return request.RequestServices.GetRequiredService<HubEntrance>().Connect(Context, request, frames, cancellationToken);
    }
}
