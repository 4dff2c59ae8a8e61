using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RoomCall;
using RoomCall.PeerConnections;
using RoomCall.SipSorcery;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the SIPSorcery engine to RoomCall.</summary>
public static class SipSorceryRoomCallBuilderExtensions
{
    /// <summary>Makes peer connections with SIPSorcery. It takes the place of another engine; the signaler is added beside it.</summary>
    /// <param name="builder">What <c>AddRoomCall()</c> returned.</param>
    /// <param name="configure">Sets the options; null: the defaults. They are checked when the engine is made.</param>
    /// <returns>The builder.</returns>
    public static IRoomCallBuilder UseSipSorcery(this IRoomCallBuilder builder, Action<SipSorceryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        OptionsBuilder<SipSorceryOptions> options = builder.Services.AddOptions<SipSorceryOptions>();
        if (configure is not null)
            options.Configure(configure);

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SipSorceryOptions>, SipSorceryOptionsValidator>());
        builder.Services.Replace(ServiceDescriptor.Singleton<IPeerConnectionFactory>(static provider => new SipSorceryPeerConnectionFactory(
            provider.GetRequiredService<IOptions<SipSorceryOptions>>().Value,
            provider.GetService<ILoggerFactory>())));
        return builder;
    }
}
