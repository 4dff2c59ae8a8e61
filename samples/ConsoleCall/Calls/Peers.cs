using RoomCall.Signaling;

namespace RoomCall.Samples;

/// <summary>What the others are called: by the name that they gave, or the beginning of their id.</summary>
internal sealed class Peers
{
    private readonly Dictionary<string, string> _names = [];

    public void Learn(RoomEvent roomEvent)
    {
        switch (roomEvent)
        {
            case RoomEvent.Joined joined:
                foreach ((string peer, string name) in joined.Names) Add(peer, name);
                break;
            case RoomEvent.Join { Name: { } name } join: Add(join.Peer, name); break;
        }
    }

    public string NameOf(string peer)
    {
        lock (_names)
        {
            return _names.GetValueOrDefault(peer) ?? $"peer {peer[..Math.Min(6, peer.Length)]}";
        }
    }

    private void Add(string peer, string name)
    {
        lock (_names)
        {
            _names[peer] = name;
        }
    }
}
