using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
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
        RoomCallEndpoint endpoint = endpoints.ServiceProvider.GetService<RoomCallEndpoint>() ?? throw new InvalidOperationException(
            "The signaling server is not among the services: call builder.Services.AddRoomCallServer() before the application is built.");

        // With the WebSocket middleware inside, an application needs no line for it.
        IApplicationBuilder application = endpoints.CreateApplicationBuilder();
        application.UseWebSockets();
        application.Run(endpoint.InvokeAsync);
        return endpoints.Map(pattern, application.Build()).WithDisplayName($"RoomCall signaling {pattern}");
    }
}
