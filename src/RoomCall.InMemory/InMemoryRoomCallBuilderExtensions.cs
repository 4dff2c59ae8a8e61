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
    /// <param name="world">The world; null: one of its own, which two service providers that shall meet must not have.</param>
    /// <returns>The builder.</returns>
    public static IRoomCallBuilder UseInMemory(this IRoomCallBuilder builder, InMemoryWorld? world = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(provider =>
            world ?? new InMemoryWorld(null, provider.GetService<TimeProvider>(), provider.GetService<ILoggerFactory>()));
        builder.Services.TryAddSingleton<IRoomSignaler>(static provider => provider.GetRequiredService<InMemoryWorld>().CreateSignaler());
        builder.Services.TryAddSingleton<IPeerConnectionFactory>(static provider => provider.GetRequiredService<InMemoryWorld>().CreateEngine());
        return builder;
    }
}
