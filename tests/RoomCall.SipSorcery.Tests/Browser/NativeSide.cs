using System.Collections.Concurrent;
using System.Net;
using System.Reactive.Linq;
using Microsoft.Extensions.DependencyInjection;
using RoomCall.DataChannels;
using RoomCall.Media;

namespace RoomCall.SipSorcery.Tests;

/// <summary>A .NET program's side of a call with a page: what it would write itself, and a note of what comes.</summary>
internal sealed class NativeSide : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ServiceProvider _services;
    private readonly ConcurrentDictionary<string, IMediaStream> _streams = new();

    private NativeSide(ServiceProvider services, ICallSession session)
    {
        (_services, Session) = (services, session);
        session.Events.OfType<CallEvent.RemoteStreamAdded>().Subscribe(added => _streams[added.Stream.Id] = added.Stream);
    }

    public ICallSession Session { get; }

    public IEnumerable<RemoteTrack> RemoteTracks => _streams.Values.SelectMany(static stream => stream.Tracks).Cast<RemoteTrack>();

    /// <summary>Joins.</summary>
    /// <param name="server">The page's server.</param>
    /// <param name="room">The room.</param>
    /// <param name="media">What it sends; null: nothing.</param>
    public static async Task<NativeSide> JoinAsync(Uri server, string room, IMediaSource? media = null)
    {
        ServiceCollection services = new();
        services.AddRoomCall(options => options.Media = media)
            .UseWebSockets(options => options.Endpoint = new UriBuilder(server) { Scheme = "ws", Path = "/room" }.Uri)
            .UseSipSorcery(options => options.BindAddress = IPAddress.Loopback);
        ServiceProvider provider = services.BuildServiceProvider();
        ICallSession session = await provider.GetRequiredService<ICallClient>().JoinAsync(room).WaitAsync(Patience);
        return new NativeSide(provider, session);
    }

    public Task<CallState> ReachesAsync(CallPhase phase) => Session.WhenAsync(state => state.Phase == phase).WaitAsync(Patience);

    /// <summary>The call is up, and the channel open.</summary>
    public Task<IDataChannel> IsInCallAsync() => Session.WhenDataChannelOpenAsync().WaitAsync(Patience);

    public async Task SendAsync(string text) => await (await IsInCallAsync()).SendAsync(text).AsTask().WaitAsync(Patience);

    /// <summary>The next text.</summary>
    public async Task<string> ReceiveAsync() => (await (await IsInCallAsync()).ReceiveAsync().AsTask().WaitAsync(Patience)).Text;

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await _services.DisposeAsync();
    }
}
