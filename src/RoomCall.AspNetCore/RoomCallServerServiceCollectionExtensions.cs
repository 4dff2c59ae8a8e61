using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RoomCall.AspNetCore;
using RoomCall.Server;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a signaling server to an application's services.</summary>
public static class RoomCallServerServiceCollectionExtensions
{
    /// <summary>Adds the <see cref="SignalingServer"/> and its <see cref="RoomBroker"/> as singletons; <c>MapRoomCall</c> and
    /// <c>MapRoomCallHub</c> give it an address. When the application stops, the clients are told to come back.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets the options; null: the defaults.</param>
    /// <returns>The options, to be bound to a section of the configuration. They are checked when the application starts.</returns>
    public static OptionsBuilder<RoomCallServerOptions> AddRoomCallServer(
        this IServiceCollection services,
        Action<RoomCallServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<RoomCallServerOptions> options = services.AddOptions<RoomCallServerOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RoomCallServerOptions>, RoomCallServerOptionsValidator>());
        services.TryAddSingleton(static provider => new RoomBroker(
            provider.GetRequiredService<IOptions<RoomCallServerOptions>>().Value.Rooms,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<RoomBroker>>(),
            provider.GetService<IMeterFactory>()));
        services.TryAddSingleton(static provider => new SignalingServer(
            provider.GetRequiredService<RoomBroker>(),
            provider.GetRequiredService<IOptions<RoomCallServerOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<SignalingServer>>(),
            provider.GetService<IMeterFactory>()));
        services.TryAddSingleton<ClientAdmission>();
        services.TryAddSingleton<RoomCallEndpoint>();
        services.TryAddSingleton(static provider => new HubEntrance(
            provider.GetRequiredService<SignalingServer>(),
            provider.GetRequiredService<ClientAdmission>(),
            provider.GetRequiredService<IOptions<RoomCallServerOptions>>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System));
        if (!services.Any(static service => service.ServiceType == typeof(RoomCallServerLifetime)))
        {
            services.AddSingleton<RoomCallServerLifetime>();
            services.AddHostedService(static provider => provider.GetRequiredService<RoomCallServerLifetime>());
        }

        return options;
    }

    /// <summary>Adds a check of the signaling server: healthy while it takes clients, with the numbers of connections, rooms and members;
    /// unhealthy from the moment it stops.</summary>
    /// <param name="builder">What <c>AddHealthChecks</c> returned.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What it reports when it is not healthy; null: unhealthy.</param>
    /// <param name="tags">Tags to choose checks by, such as <c>ready</c>.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddRoomCall(
        this IHealthChecksBuilder builder,
        string name = "roomcall",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<RoomCallHealthCheck>(name, failureStatus, tags ?? []);
    }
}
