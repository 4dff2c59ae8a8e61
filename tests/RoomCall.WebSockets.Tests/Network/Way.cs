namespace RoomCall.WebSockets.Tests.Network;

internal enum Way
{
    FromClient,
    FromServer,
}
