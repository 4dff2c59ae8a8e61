using System.Buffers.Text;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RoomCall.Server.Diagnostics;
using RoomCall.Server.Limits;
using RoomCall.Server.Rooms;
using RoomCall.Signaling;

namespace RoomCall.Server;

/// <summary>
/// The rooms in which peers meet (book rows S1 to S8): create or join, capacity, the initiator's role, relay, leaving and limits,
/// whatever the transports: their clients meet in the same rooms. Safe for concurrent use; rooms do not wait for each other.
/// </summary>
/// <remarks>
/// What each member can rely on:
/// <list type="number">
/// <item>It sees the events of its room in the order in which the room changed. All members see the changes in the same order: a
/// <see cref="RoomEvent.Left"/> is never overtaken by the <see cref="RoomEvent.Join"/> of the one who takes the place.</item>
/// <item>A peer's messages come in the order in which it sent them, none before the <see cref="RoomEvent.Joined"/> or
/// <see cref="RoomEvent.Join"/> that tells of the peer, none after its <see cref="RoomEvent.Left"/>.</item>
/// <item>A room with a member has one initiator. When it is gone the role passes to the one with the longest stay, and
/// <see cref="RoomEvent.Left"/> says so (mends book defect D3).</item>
/// <item>A message reaches members of the sender's room only, with the sender's true id (mends book defect D9).</item>
/// <item>A room without members leaves no trace; the next one to come creates it anew.</item>
/// </list>
/// <para>The meter <c>RoomCall</c> counts <c>roomcall.server.rooms</c>, <c>roomcall.server.members</c>, <c>roomcall.server.messages</c>
/// and <c>roomcall.server.rejections</c>.</para>
/// </remarks>
public sealed partial class RoomBroker
{
    private readonly RoomContext _context;
    private readonly TokenRate _rate;

    /// <summary>Makes a broker without rooms.</summary>
    /// <param name="options">What it allows; null: the defaults.</param>
    /// <param name="timeProvider">The clock for the messages per second; null: the system's.</param>
    /// <param name="logger">Where it logs; null: nowhere.</param>
    /// <param name="meterFactory">Makes the meter; null: one that all brokers of the process share.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public RoomBroker(
        RoomBrokerOptions? options = null,
        TimeProvider? timeProvider = null,
        ILogger<RoomBroker>? logger = null,
        IMeterFactory? meterFactory = null)
    {
        RoomBrokerOptions own = (options ?? new RoomBrokerOptions()).Checked();
        _context = new RoomContext(
            own,
            new RoomDirectory(own.MaxRooms),
            new Refusals(own),
            timeProvider ?? TimeProvider.System,
            logger ?? NullLogger<RoomBroker>.Instance,
            new BrokerMetrics(meterFactory));
        _rate = new TokenRate(own.MaxMessagesPerSecond, own.MessageBurst, _context.Time.TimestampFrequency);
    }

    /// <summary>How many rooms have a member now.</summary>
    public int RoomCount => _context.Directory.RoomCount;

    /// <summary>How many members are in all rooms now.</summary>
    public int MemberCount => _context.Directory.MemberCount;

    internal RoomDirectory Directory => _context.Directory;

    internal int MaxRoomNameLength => _context.Options.MaxRoomNameLength;

    internal RoomEvent.Error InvalidRoomName => _context.Refusals.InvalidRoomName;

    /// <summary>
    /// Brings a member into a room, which is created if it is not there (book row S7). The member is told, before this returns:
    /// <see cref="RoomEvent.Created"/>, <see cref="RoomEvent.Joined"/>, <see cref="RoomEvent.Full"/>, or
    /// <see cref="RoomEvent.Error"/> with <see cref="RoomErrorCode.InvalidRoomName"/>, <see cref="RoomErrorCode.TooManyRooms"/> or <see cref="RoomErrorCode.AlreadyJoined"/>;
    /// and before that the log lines, unless <see cref="RoomBrokerOptions.SendLog"/> is false. Who may enter which room, and how
    /// often one connection may come and go, is the caller's to check before.
    /// </summary>
    /// <param name="room">The room's name, as the client sent it.</param>
    /// <param name="member">The member; in no other room.</param>
    /// <param name="options">Its name, its id and its ICE servers; null: no name, an id that the broker makes, and the broker's servers.</param>
    /// <returns>The member's seat, which the transport gives up with <see cref="RoomSeat.Leave"/>; null when it was not let in, or was
    /// let go at once because it could not even be told.</returns>
    /// <exception cref="InvalidOperationException"><see cref="RoomBrokerOptions.PeerIdFactory"/> returned no id or one that is taken.</exception>
    public RoomSeat? CreateOrJoin(string room, IRoomMember member, RoomEntryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(member);

        RoomSeat? seat = Enter(room, member, options, out bool isIdTaken);
        if (isIdTaken)
            RefuseAsJoined(member);
        return seat;
    }

    /// <summary>Does what <see cref="CreateOrJoin"/> does, but one whose id a member of the room has is told nothing yet: the caller may know better.</summary>
    internal RoomSeat? Enter(string room, IRoomMember member, RoomEntryOptions? options, out bool isIdTaken)
    {
        isIdTaken = false;
        if (!RoomName.IsValid(room, _context.Options.MaxRoomNameLength))
        {
            Refuse(member, _context.Refusals.InvalidRoomName);
            return null;
        }

        string peerId = options?.PeerId ?? NewPeerId();
        while (true)
        {
            if (!_context.Directory.TryGetRoom(room, out Room? found))
                found = _context.Directory.GetOrAdd(new Room(room, _context));

            var seat = new RoomSeat(peerId, member, found, NewTokens()) { Name = options?.Name };
            switch (found.Enter(seat, options?.IceServers ?? _context.Options.IceServers))
            {
                case RoomEntry.IdIsTaken when options?.PeerId is null:
                    throw new InvalidOperationException(
                        $"{nameof(RoomBrokerOptions.PeerIdFactory)} returned an id that a member of the room has; return a new one each time.");
                case RoomEntry.Entered:
                    return seat;
                case RoomEntry.Full:
                case RoomEntry.LetGo:
                    return null;
                case RoomEntry.IdIsTaken:
                    isIdTaken = true;
                    return null;
                case RoomEntry.AlreadyInside:
                    RefuseAsJoined(member);
                    return null;
                case RoomEntry.TooManyRooms:
                    Refuse(member, _context.Refusals.TooManyRooms);
                    return null;
                case RoomEntry.RoomIsGone:
                    // It ended between the look-up and its lock. Its name is free by now, so the next turn finds another room or none.
                    continue;
            }
        }
    }

    /// <summary>Tells one that it, or another with its id, is inside already.</summary>
    internal void RefuseAsJoined(IRoomMember member) => Refuse(member, _context.Refusals.AlreadyJoined);

    /// <summary>Finds a member of a room by its id.</summary>
    internal RoomSeat? FindSeat(string room, string peerId) =>
        _context.Directory.TryGetRoom(room, out Room? found) ? found.Find(peerId) : null;

    /// <summary>Refuses one who was given no seat by this request.</summary>
    private void Refuse(IRoomMember member, RoomEvent.Error refusal)
    {
        _context.ReportRefusal(refusal.Code);
        PeerLeftReason reason = PeerLeftReason.TooSlow;
        Exception? thrown = null;
        try
        {
            if (member.TryPost(refusal))
            {
                member.Flush();
                return;
            }
        }
        catch (Exception exception)
        {
            reason = PeerLeftReason.Vanished;
            thrown = exception;
        }

        // One who asked twice has a seat from its first request, and loses that.
        if (_context.Directory.TryGetSeat(member, out RoomSeat? seat))
            seat.LetGo(reason, thrown);
        else
            _context.Close(member, reason, thrown);
    }

    private string NewPeerId()
    {
        if (_context.Options.PeerIdFactory is not { } factory)
        {
            Span<byte> random = stackalloc byte[16];
            RandomNumberGenerator.Fill(random);
            return Base64Url.EncodeToString(random);
        }

        string? id = factory();
        return string.IsNullOrEmpty(id)
            ? throw new InvalidOperationException($"{nameof(RoomBrokerOptions.PeerIdFactory)} returned no id; return a new one each time.")
            : id;
    }

    private TokenBucket NewTokens() => new(_rate, _context.Time.GetTimestamp());
}
