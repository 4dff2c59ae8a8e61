using Microsoft.Extensions.DependencyInjection;

namespace RoomCall;

/// <summary>What adapters extend: a signaler and an engine are added to it (<c>AddRoomCall().UseInMemory()</c>).</summary>
public interface IRoomCallBuilder
{
    /// <summary>The services of the application.</summary>
    IServiceCollection Services { get; }
}
