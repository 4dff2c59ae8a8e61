using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RoomCall;
using RoomCall.Signaling;
using RoomCall.Signaling.Links;
using RoomCall.WebSockets;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds signaling over WebSockets to RoomCall.</summary>
public static class WebSocketRoomCallBuilderExtensions
{
    /// <summary>Reaches the signaling server over WebSockets. It takes the place of another signaler; the engine is added beside it.</summary>
    /// <param name="builder">What <c>AddRoomCall()</c> returned.</param>
    /// <param name="configure">Sets the options, <see cref="WebSocketSignalerOptions.Endpoint"/> at least. They are checked when the signaler
    /// is made.</param>
    /// <returns>The builder.</returns>
    public static IRoomCallBuilder UseWebSockets(this IRoomCallBuilder builder, Action<WebSocketSignalerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptions<WebSocketSignalerOptions>().Configure(configure);
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<WebSocketSignalerOptions>, WebSocketSignalerOptionsValidator>());
        builder.Services.Replace(ServiceDescriptor.Singleton<IRoomSignaler>(static provider =>
        {
            WebSocketSignalerOptions options = provider.GetRequiredService<IOptions<WebSocketSignalerOptions>>().Value;
            TimeProvider? timeProvider = provider.GetService<TimeProvider>();
            return new ResumingSignaler(
                new WebSocketTransport(options, timeProvider),
                new ResumingSignalerOptions { Name = options.Name, Reconnect = options.Reconnect },
                timeProvider,
                provider.GetService<ILoggerFactory>());
        }));
        return builder;
    }
}
