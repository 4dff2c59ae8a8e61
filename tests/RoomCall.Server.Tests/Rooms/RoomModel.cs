using RoomCall.Signaling;

namespace RoomCall.Server.Tests.Rooms;

/// <summary>What a broker must do, in lists that are searched from end to end: slow, and plain enough to be seen to be right.</summary>
internal sealed class RoomModel(int capacity, int maxRooms)
{
    private readonly List<(int Client, string Peer, string Room)> _inside = [];
    private readonly string?[] _lastPeers = new string?[RoomAct.Clients];
    private int _asked;

    /// <summary>All that each client is told, in order.</summary>
    public List<string>[] Told { get; } = [.. Enumerable.Range(0, RoomAct.Clients).Select(_ => new List<string>())];

    public int Members => _inside.Count;

    public int Rooms => _inside.DistinctBy(member => member.Room).Count();

    public string? PeerOf(int client) => _lastPeers[client];

    public string[] PeersIn(string room) => [.. _inside.Where(member => member.Room == room).Select(member => member.Peer)];

    public string? InitiatorOf(string room) => PeersIn(room) is [var longestStay, ..] ? longestStay : null;

    public void Enter(int client, string room)
    {
        string peer = $"p{++_asked}";
        string[] before = PeersIn(room);
        if (_inside.Exists(member => member.Client == client))
        {
            Tell(client, $"error {RoomErrorCode.AlreadyJoined}");
        }
        else if (before.Length == 0 && Rooms == maxRooms)
        {
            Tell(client, $"error {RoomErrorCode.TooManyRooms}");
        }
        else if (before.Length == capacity)
        {
            Tell(client, $"full {room}");
        }
        else
        {
            Tell(client, before.Length == 0 ? $"created {room} as {peer}" : $"joined {room} as {peer} with {string.Join(' ', before)}, initiator {before[0]}");
            TellAll(room, $"join {peer}, initiator {InitiatorOf(room)}");
            _inside.Add((client, peer, room));
            _lastPeers[client] = peer;
        }
    }

    public void Leave(int client, PeerLeftReason reason)
    {
        if (_inside.Find(member => member.Client == client) is { Peer: { } peer, Room: { } room })
        {
            _inside.RemoveAll(member => member.Client == client);
            TellAll(room, $"left {peer} ({reason}), initiator {InitiatorOf(room)}");
        }
    }

    public void Relay(int client, byte[] payload, string? to)
    {
        if (_lastPeers[client] is null)
            return; // no seat to send from

        (_, string? peer, string? room) = _inside.Find(member => member.Client == client);
        if (peer is null)
        {
            Tell(client, $"error {RoomErrorCode.NotInRoom}");
        }
        else if (payload.Length == 0)
        {
            Tell(client, $"error {RoomErrorCode.Malformed}");
        }
        else if (payload.Length > RoomAct.MaxMessageBytes)
        {
            Tell(client, $"error {RoomErrorCode.MessageTooLarge}");
        }
        else if (to is not null && (to == peer || !PeersIn(room!).Contains(to)))
        {
            Tell(client, $"error {RoomErrorCode.UnknownPeer}");
        }
        else
        {
            foreach (var member in _inside.Where(member => member.Room == room && member.Peer != peer && (to is null || to == member.Peer)))
            {
                Tell(member.Client, $"message of {peer}: {Convert.ToHexString(payload)}");
            }
        }
    }

    /// <summary>An event in the words of this model.</summary>
    public static string Say(RoomEvent roomEvent) => roomEvent switch
    {
        RoomEvent.Created created => $"created {created.Room} as {created.Self}",
        RoomEvent.Joined joined => $"joined {joined.Room} as {joined.Self} with {string.Join(' ', joined.Peers)}, initiator {joined.Initiator}",
        RoomEvent.Full full => $"full {full.Room}",
        RoomEvent.Join join => $"join {join.Peer}, initiator {join.Initiator}",
        RoomEvent.Left left => $"left {left.Peer} ({left.Reason}), initiator {left.Initiator}",
        RoomEvent.Message message => $"message of {message.From}: {Convert.ToHexString(message.Payload.Span)}",
        RoomEvent.Error error => $"error {error.Code}",
        _ => roomEvent.ToString(),
    };

    private void Tell(int client, string what) => Told[client].Add(what);

    private void TellAll(string room, string what)
    {
        foreach (var member in _inside.Where(member => member.Room == room))
        {
            Tell(member.Client, what);
        }
    }
}
