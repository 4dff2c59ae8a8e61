using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using RoomCall;
using RoomCall.InMemory;
using RoomCall.PeerConnections;
using RoomCall.Signaling;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the in-memory signaler and engine to RoomCall.</summary>
public static class InMemoryRoomCallBuilderExtensions
{
    /// <summary>Makes calls inside this process: for samples and for tests. The world is a singleton among the services too.</summary>
    /// <param name="builder">What <c>AddRoomCall()</c> returned.</param>
    /// <param name="world">The world, whose clock becomes the services' <see cref="TimeProvider"/>; null: one of its own, on the services'
    /// clock. Two service providers that shall meet share one.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">A world, or another clock, is registered already.</exception>
    public static IRoomCallBuilder UseInMemory(this IRoomCallBuilder builder, InMemoryWorld? world = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (world is null)
        {
            builder.Services.TryAddSingleton(static provider =>
                new InMemoryWorld(null, provider.GetService<TimeProvider>(), provider.GetService<ILoggerFactory>()));
        }
        else
        {
            AddOnly(builder.Services, world);
            AddOnly(builder.Services, world.TimeProvider);
        }

        builder.Services.TryAddSingleton<IRoomSignaler>(static provider => provider.GetRequiredService<InMemoryWorld>().CreateSignaler());
        builder.Services.TryAddSingleton<IPeerConnectionFactory>(static provider => provider.GetRequiredService<InMemoryWorld>().CreateEngine());
        return builder;
    }

    // Beside a second one, calls would wait in one world, or time, for what happens in the other.
    private static void AddOnly<T>(IServiceCollection services, T instance)
        where T : class
    {
        ServiceDescriptor? other = services.FirstOrDefault(service => service.ServiceType == typeof(T));
        if (other is null)
        {
            services.AddSingleton(instance);
        }
        else if (other.ImplementationInstance != instance)
        {
            throw new InvalidOperationException($"A {typeof(T).Name} is registered already: call UseInMemory once, and give the world that {typeof(T).Name}.");
        }
    }
}
