using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RoomCall;
using RoomCall.Signaling;
using RoomCall.Signaling.Links;
using RoomCall.SignalR;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds signaling over SignalR to RoomCall.</summary>
public static class SignalRRoomCallBuilderExtensions
{
    /// <summary>Reaches the signaling server over a SignalR connection. It takes the place of another signaler; the engine is added beside
    /// it.</summary>
    /// <param name="builder">What <c>AddRoomCall()</c> returned.</param>
    /// <param name="connection">Gives the connection, to a hub that was mapped with <c>MapRoomCallHub</c>: a service of yours as a
    /// rule, with the address, token, protocol and logging that you set, which may have other uses too. Asked once. Not disposed here: the
    /// provider disposes a service that it has made.</param>
    /// <param name="configure">Sets the options; null: the defaults. They are checked when the signaler is made.</param>
    /// <returns>The builder.</returns>
    public static IRoomCallBuilder UseSignalR(
        this IRoomCallBuilder builder,
        Func<IServiceProvider, HubConnection> connection,
        Action<SignalRSignalerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connection);
        OptionsBuilder<SignalRSignalerOptions> named = builder.Services.AddOptions<SignalRSignalerOptions>();
        if (configure is not null)
        {
            named.Configure(configure);
        }

        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<SignalRSignalerOptions>, SignalRSignalerOptionsValidator>());
        builder.Services.Replace(ServiceDescriptor.Singleton<IRoomSignaler>(provider =>
        {
            // First, so that options out of range leave no connection behind.
            SignalRSignalerOptions options = provider.GetRequiredService<IOptions<SignalRSignalerOptions>>().Value;
            return Make(connection(provider), options, provider.GetService<TimeProvider>(), provider.GetService<ILoggerFactory>());
        }));
        return builder;
    }

    private static ResumingSignaler Make(
        HubConnection connection, SignalRSignalerOptions options, TimeProvider? timeProvider, ILoggerFactory? loggerFactory) => new(
            new SignalRTransport(connection, options, timeProvider),
            new ResumingSignalerOptions
            {
                Name = options.Name,
                PingInterval = options.PingInterval,
                PingTimeout = options.PingTimeout,
                Reconnect = options.Reconnect,
            },
            timeProvider,
            loggerFactory);
}
