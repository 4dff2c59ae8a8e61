using RoomCall.PeerConnections;

namespace RoomCall.Server;

/// <summary>What a <see cref="RoomBroker"/> allows. The broker checks it and takes a copy when it is made; later changes have no
/// effect.</summary>
public sealed record RoomBrokerOptions
{
    private const int BytesPerCount = 4096;

    /// <summary>How many members a room has places for, 2 to 10,000. A call of this version
    /// has two sides: more places are for clients of your own. <value>Default: 2, as in the book.</value></summary>
    public int Capacity { get; set; } = 2;

    /// <summary>How many rooms there may be at a time, 1 or more. <value>Default: 100,000.</value></summary>
    public int MaxRooms { get; set; } = 100_000;

    /// <summary>How long a room's name may be, in UTF-16 units, 1 to 4,096. A name is well-formed UTF-16, is not white space alone, and
    /// holds no control character or line separator. It is compared as it is: case counts. <value>Default: 128.</value></summary>
    public int MaxRoomNameLength { get; set; } = 128;

    /// <summary>How large the payload of one message may be, in bytes, 1 to 16 MiB. <value>Default: 64 KiB.</value></summary>
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>How many messages each member may send in a second, on average over its stay, 1 to 1,000,000. Refused ones count too, and
    /// a large one counts once more for each full 4 KiB. <value>Default: 100.</value></summary>
    public int MaxMessagesPerSecond { get; set; } = 100;

    /// <summary>How many messages a member may send at once after a silence, 1 to 1,000,000; a call begins with an offer and some dozens
    /// of candidates. <value>Default: 200.</value></summary>
    public int MessageBurst { get; set; } = 200;

    /// <summary>How long an offer that is parked for the next one to come is kept, up to one day; zero: parking is off, and the initiator
    /// sends its offer when the other has come, which takes one round trip more. <value>Default: 10 minutes.</value></summary>
    public TimeSpan ParkedOfferLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many messages (an offer and its candidates) may be parked in a room, 1 to 10,000, of at most
    /// <see cref="MaxMessageBytes"/> together. When there are more, all of them are dropped, and the initiator sends them when the other
    /// has come. <value>Default: 64.</value></summary>
    public int MaxParkedMessages { get; set; } = 64;

    /// <summary>ICE servers to recommend in <c>created</c> and <c>joined</c>; whoever may enter a room can read them, credentials
    /// included. <value>Default: none.</value></summary>
    public IReadOnlyList<IceServer> IceServers { get; set; } = [];

    /// <summary>Whether one who asks for a room is also sent the server's log lines about it, before the answer (book row S5). They tell
    /// it the room's name, which it sent, and, if it is let in, how many are inside, which its other events tell too.
    /// <value>Default: true, as in the book; false saves one event per stay.</value></summary>
    public bool SendLog { get; set; } = true;

    /// <summary>
    /// Makes the peers' ids, one for each request to enter; null: 128 random bits in 22 characters of base64url. A factory returns a
    /// new, non-empty id each time, does not call the broker, and is safe for concurrent use. Members address each other by these ids
    /// and nobody can speak in another's name by knowing one, so guessable ids are safe for tests and simulations, which want the same
    /// ones each time; in service keep the default. <value>Default: null.</value>
    /// </summary>
    public Func<string>? PeerIdFactory { get; set; }

    /// <summary>Makes the copy that a broker works with.</summary>
    /// <exception cref="ArgumentException">A property is out of its range; the message names it.</exception>
    internal RoomBrokerOptions Checked()
    {
        CheckRange(nameof(Capacity), Capacity, 2, 10_000);
        CheckRange(nameof(MaxRooms), MaxRooms, 1, int.MaxValue);
        CheckRange(nameof(MaxRoomNameLength), MaxRoomNameLength, 1, 4096);
        CheckRange(nameof(MaxMessageBytes), MaxMessageBytes, 1, 16 * 1024 * 1024);
        CheckRange(nameof(MaxMessagesPerSecond), MaxMessagesPerSecond, 1, 1_000_000);
        CheckRange(nameof(MessageBurst), MessageBurst, 1, 1_000_000);
        CheckRange(nameof(MaxParkedMessages), MaxParkedMessages, 1, 10_000);
        if (ParkedOfferLifetime < TimeSpan.Zero || ParkedOfferLifetime > TimeSpan.FromDays(1))
        {
            string advice = $"Set {nameof(RoomBrokerOptions)}.{nameof(ParkedOfferLifetime)} to zero at least and one day at most.";
            throw new ArgumentOutOfRangeException(nameof(ParkedOfferLifetime), ParkedOfferLifetime, advice);
        }

        CheckIceServers(nameof(IceServers), IceServers);
        return this with { IceServers = [.. IceServers] };
    }

    /// <summary>How many messages one counts as; what is too large to be passed on is one.</summary>
    internal int CountOf(int payloadLength) => payloadLength <= MaxMessageBytes ? 1 + payloadLength / BytesPerCount : 1;

    /// <summary>Whether each server is one, with a URL at least.</summary>
    internal static bool AreIceServers(IReadOnlyList<IceServer> servers) =>
        servers.All(server => server is { Urls.Count: > 0 } && !server.Urls.Any(string.IsNullOrEmpty));

    private static void CheckRange(string property, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            string advice = $"Set {nameof(RoomBrokerOptions)}.{property} to {least} at least and {most} at most.";
            throw new ArgumentOutOfRangeException(property, value, advice);
        }
    }

    private static void CheckIceServers(string property, IReadOnlyList<IceServer>? servers)
    {
        if (servers is null || !AreIceServers(servers))
            throw new ArgumentException($"Set {nameof(RoomBrokerOptions)}.{property} to a list of servers that have URLs; it may be empty.", property);
    }
}
