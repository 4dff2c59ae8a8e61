using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace RoomCall.AspNetCore;

/// <summary>A client's wish to create or join a room, for <see cref="RoomCallServerOptions.OnJoin"/> to decide on.</summary>
/// <param name="HttpContext">The request with which the client connected: headers, query, services.</param>
/// <param name="Room">The room's name, a valid one.</param>
/// <param name="Name">The name that the client wishes to be called by, a valid one; or null.</param>
public sealed record RoomRequest(HttpContext HttpContext, string Room, string? Name)
{
    /// <summary>Who has signed in.</summary>
    public ClaimsPrincipal User => HttpContext.User;
}
