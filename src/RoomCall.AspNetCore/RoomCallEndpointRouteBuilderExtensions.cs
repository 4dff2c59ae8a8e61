using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RoomCall.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Gives the signaling server an address.</summary>
public static class RoomCallEndpointRouteBuilderExtensions
{
    /// <summary>Maps the signaling server for WebSocket clients. Authorization, CORS, rate limits and host filters are put on it as on any
    /// other endpoint, such as with <c>RequireAuthorization()</c>.</summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <param name="pattern">The address, such as <c>/room</c>.</param>
    /// <returns>The endpoint, for conventions.</returns>
    /// <exception cref="InvalidOperationException"><c>AddRoomCallServer</c> was not called.</exception>
    public static IEndpointConventionBuilder MapRoomCall(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        RoomCallEndpoint endpoint = Find<RoomCallEndpoint>(endpoints);

        // With the WebSocket middleware inside, an application needs no line for it.
        IApplicationBuilder application = endpoints.CreateApplicationBuilder();
        application.UseWebSockets();
        application.Run(endpoint.InvokeAsync);
        return endpoints.Map(pattern, application.Build()).WithDisplayName($"RoomCall signaling {pattern}");
    }

    /// <summary>Maps the signaling server for SignalR clients, as the hub <see cref="RoomCallHub"/>. They meet those of
    /// <see cref="MapRoomCall"/> in the same rooms.</summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <param name="pattern">The address, such as <c>/hub</c>.</param>
    /// <param name="configureOptions">Sets SignalR's transports and buffers; null: as they are.</param>
    /// <returns>The endpoint, for conventions such as <c>RequireAuthorization()</c>.</returns>
    /// <exception cref="InvalidOperationException"><c>AddRoomCallServer</c> or <c>AddSignalR</c> was not called.</exception>
    public static HubEndpointConventionBuilder MapRoomCallHub(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Action<HttpConnectionDispatcherOptions>? configureOptions = null) =>
        MapRoomCallHub<RoomCallHub>(endpoints, pattern, configureOptions);

    /// <summary>Maps the signaling server for SignalR clients, as a hub that does more. Its limit for the size of a message is raised to what
    /// frames need, where it is lower.</summary>
    /// <typeparam name="THub">The hub.</typeparam>
    /// <inheritdoc cref="MapRoomCallHub(IEndpointRouteBuilder, string, Action{HttpConnectionDispatcherOptions}?)"/>
    public static HubEndpointConventionBuilder MapRoomCallHub<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicMethods)] THub>(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Action<HttpConnectionDispatcherOptions>? configureOptions = null)
        where THub : RoomCallHub
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        HubEntrance entrance = Find<HubEntrance>(endpoints);
        RaiseMessageSize<THub>(endpoints.ServiceProvider, entrance.MaxFrameBytes);
        HubEndpointConventionBuilder hub = endpoints.MapHub<THub>(pattern, configureOptions ?? (static _ => { }));
        Find<RoomCallServerLifetime>(endpoints).StopBeforeSignalR();
        return hub;
    }

    /// <summary>SignalR cuts the connection at a message that is larger than its limit; ours tells the client what to do. A frame is a text in
    /// JSON for a second time there, with a backslash before each quote, and twelve bytes for an emoji's four where the client is one of
    /// .NET.</summary>
    private static void RaiseMessageSize<THub>(IServiceProvider services, int maxFrameBytes)
        where THub : Hub
    {
        const int Envelope = 4096;
        HubOptions<THub> options = services.GetRequiredService<IOptions<HubOptions<THub>>>().Value;

        // A hub that nobody has set anything for has no options of its own, but those of all hubs.
        if (options.SupportedProtocols is null)
            new HubOptionsSetup<THub>(services.GetRequiredService<IOptions<HubOptions>>()).Configure(options);

        if (options.MaximumReceiveMessageSize is { } size)
            options.MaximumReceiveMessageSize = Math.Max(size, (3L * maxFrameBytes) + Envelope);
    }

    private static T Find<T>(IEndpointRouteBuilder endpoints)
        where T : class =>
        endpoints.ServiceProvider.GetService<T>() ?? throw new InvalidOperationException(
            "The signaling server is not among the services: call builder.Services.AddRoomCallServer() before the application is built.");
}
