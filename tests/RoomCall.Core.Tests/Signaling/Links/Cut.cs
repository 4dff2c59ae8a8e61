using FsCheck;
using FsCheck.Fluent;

namespace RoomCall.Tests.Signaling.Links;

/// <summary>Where one link ends.</summary>
/// <param name="AfterFromClient">So many frames of the client reach the server; the next one is lost, and the link with it.</param>
/// <param name="AfterFromServer">So many frames of the server reach the client; the next one is lost, and the link with it.</param>
/// <param name="IsHeld">Whether the server does not notice, and takes the link for live until a newer one comes.</param>
internal sealed record Cut(int AfterFromClient, int AfterFromServer, bool IsHeld)
{
    public static Cut Never { get; } = new(int.MaxValue, int.MaxValue, false);

    public static Gen<Cut> Any { get; } =
        from client in Gen.Choose(0, 45)
        from server in Gen.Choose(0, 45)
        from isHeld in Gen.Elements(true, false)
        select new Cut(client, server, isHeld);
}
