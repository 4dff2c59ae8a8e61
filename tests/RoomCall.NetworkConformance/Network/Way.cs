namespace RoomCall.NetworkConformance;

public enum Way
{
    FromClient,
    FromServer,
}
