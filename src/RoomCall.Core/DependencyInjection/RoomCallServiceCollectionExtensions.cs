using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RoomCall;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds RoomCall to an application's services.</summary>
public static class RoomCallServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ICallClient"/> as a singleton. A signaler and an engine are added to the builder that it returns.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets the options of calls; null: the defaults. They are checked when the client is made.</param>
    /// <returns>The builder, for <c>Use…</c> calls.</returns>
    public static IRoomCallBuilder AddRoomCall(this IServiceCollection services, Action<CallOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<CallOptions> options = services.AddOptions<CallOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CallOptions>, CallOptionsValidator>());
        services.TryAddSingleton<ICallClient>(static provider => new CallClient(
            Required<IRoomSignaler>(provider, "a signaler", "UseInMemory()"),
            Required<IPeerConnectionFactory>(provider, "an engine", "UseInMemory()"),
            provider.GetRequiredService<IOptions<CallOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILoggerFactory>(),
            provider.GetService<IMeterFactory>()));
        return new Builder(services);
    }

    private static T Required<T>(IServiceProvider provider, string what, string call)
        where T : class =>
        provider.GetService<T>() ?? throw new InvalidOperationException(
            $"RoomCall has no {typeof(T).Name}: add {what} to the builder that AddRoomCall returns, for example .{call} of RoomCall.InMemory.");

    private sealed record Builder(IServiceCollection Services) : IRoomCallBuilder;
}
