using System.Collections.Concurrent;
using RoomCall.Signaling;

namespace RoomCall.Server.Tests.Concurrency;

/// <summary>Many tasks on few rooms. The seeds make the inputs the same each time; how they interleave is the machine's choice.</summary>
public sealed class RaceTests
{
    private const int Tasks = 8;
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(60);

    [TestCase(2)]
    [TestCase(4)]
    public async Task Joining_relaying_and_leaving_at_once_keeps_every_members_view_in_order(int capacity)
    {
        RoomBroker broker = NewBroker(capacity);

        WitnessMember[] witnesses = await Race(broker, (_, _) => new WitnessMember(capacity));

        Assert.That(witnesses.Count(w => w.WasFull), Is.GreaterThan(0), "they did compete for places");
        Assert.That(witnesses.Select(w => w.Closed), Has.All.Zero);
    }

    [Test]
    public async Task Members_that_fail_during_the_race_harm_no_other_and_leave_no_trace()
    {
        const int Capacity = 4;
        RoomBroker broker = NewBroker(Capacity);

        WitnessMember[] witnesses = await Race(broker, (random, known) =>
        {
            if (known.Count > 0 && random.Next(3) == 0)
                known[random.Next(known.Count)].IsBroken = true;

            return new WitnessMember(Capacity, queueLength: random.Next(3) == 0 ? random.Next(10) : int.MaxValue);
        });

        Assert.That(witnesses.Select(w => w.Closed), Has.All.LessThanOrEqualTo(1));
        Assert.That(witnesses.Sum(w => w.Closed), Is.GreaterThan(0), "some did fail");
    }

    /// <summary>Each task holds up to two seats in two rooms for a while, so that stays overlap however the tasks are scheduled.</summary>
    private static async Task<WitnessMember[]> Race(RoomBroker broker, Func<Random, List<WitnessMember>, WitnessMember> newMember)
    {
        ConcurrentBag<(string Room, WitnessMember Member)> witnesses = [];
        await AtOnce(Tasks, task =>
        {
            Random random = new(task);
            List<WitnessMember> known = [];
            List<RoomSeat> seats = [];
            for (int step = 0; step < 500; step++)
            {
                int action = random.Next(4);
                if (seats.Count == 0 || (action == 0 && seats.Count < 2))
                {
                    string room = $"room {random.Next(2)}";
                    WitnessMember member = newMember(random, known);
                    known.Add(member);
                    witnesses.Add((room, member));
                    if (broker.CreateOrJoin(room, member) is { } seat)
                        seats.Add(seat);
                }
                else if (action == 1)
                {
                    int leaving = random.Next(seats.Count);
                    seats[leaving].Leave((PeerLeftReason)random.Next(2));
                    seats[leaving].Relay(WitnessMember.Payload(-1), to: null); // too late: nobody may see it
                    seats.RemoveAt(leaving);
                }
                else
                {
                    seats[random.Next(seats.Count)].Relay(WitnessMember.Payload(step), to: null);
                }

                Thread.Yield();
            }

            seats.ForEach(seat => seat.Leave());
        });

        Assert.That(witnesses.Select(w => w.Member.Complaint), Has.All.Null);
        foreach (IGrouping<string, (string, WitnessMember Member)> room in witnesses.GroupBy(w => w.Room))
            Assert.That(HaveOneOrder(room.Select(w => w.Member.Changes)), Is.True, $"all in {room.Key} saw its changes in one order");

        Assert.That(witnesses.Sum(w => w.Member.Messages), Is.GreaterThan(0), "they did meet");
        Assert.That(broker.Directory.IsEmpty, Is.True);
        return [.. witnesses.Select(w => w.Member)];
    }

    [Test]
    public async Task One_who_enters_while_the_last_one_leaves_is_never_in_a_room_that_is_gone()
    {
        RoomBroker broker = NewBroker(capacity: 2);
        for (int round = 0; round < 300; round++)
        {
            RoomSeat leaving = broker.Seat(new WitnessMember(2));
            WitnessMember entering = new(2);
            RoomSeat? seat = null;

            await AtOnce(2, task =>
            {
                if (task == 0)
                    leaving.Leave();
                else
                    seat = broker.CreateOrJoin("lobby", entering);
            });

            WitnessMember next = new(2);
            RoomSeat nextSeat = broker.Seat(next);
            nextSeat.Relay(WitnessMember.Payload(1), seat!.PeerId);
            Assert.That(entering.Messages, Is.EqualTo(1), "both are in the one room of that name");
            Assert.That((broker.RoomCount, broker.MemberCount), Is.EqualTo((1, 2)));
            seat.Leave();
            nextSeat.Leave();
            Assert.That((entering.Complaint, next.Complaint, broker.Directory.IsEmpty), Is.EqualTo(((string?)null, (string?)null, true)));
        }
    }

    [Test]
    public async Task A_leave_is_never_overtaken_by_the_one_who_takes_the_place()
    {
        RoomBroker broker = NewBroker(capacity: 2);
        WitnessMember staying = new(capacity: 2);
        broker.Seat(staying);
        int places = 0;

        // One place for four who ask for it without a pause: it is taken at the very moment when it is given up.
        await AtOnce(4, _ =>
        {
            for (int taken = 0; taken < 1000;)
            {
                if (broker.CreateOrJoin("lobby", new WitnessMember(capacity: 2)) is not { } seat)
                    continue;

                taken++;
                Interlocked.Increment(ref places);
                seat.Leave();
            }
        });

        Assert.That(staying.Complaint, Is.Null);
        Assert.That(staying.Changes, Has.Count.EqualTo(1 + places * 2));
        Assert.That(broker.MemberCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Many_who_come_at_once_fill_the_places_and_no_more()
    {
        RoomBroker broker = NewBroker(capacity: 3);
        WitnessMember[] members = [.. Enumerable.Range(0, Tasks).Select(_ => new WitnessMember(3))];
        RoomSeat?[] seats = new RoomSeat?[Tasks];

        await AtOnce(Tasks, task => seats[task] = broker.CreateOrJoin("lobby", members[task]));

        Assert.That(seats.Count(s => s is not null), Is.EqualTo(3));
        Assert.That(members.Count(m => m.WasFull), Is.EqualTo(Tasks - 3));
        Assert.That((broker.RoomCount, broker.MemberCount), Is.EqualTo((1, 3)));
    }

    [Test]
    public async Task Many_rooms_that_are_opened_at_once_are_as_many_as_there_may_be()
    {
        const int MaxRooms = 5;
        RoomBroker broker = new(new RoomBrokerOptions { MaxRooms = MaxRooms }, HookedTime.Yielding());
        int tooMany = 0;

        await AtOnce(Tasks, task =>
        {
            for (int i = 0; i < 200; i++)
            {
                RoomSeat? seat = broker.CreateOrJoin($"room {task} {i % 3}", new TestMember());
                if (broker.RoomCount > MaxRooms)
                    Interlocked.Increment(ref tooMany);
                seat?.Leave();
            }
        });

        Assert.That(tooMany, Is.EqualTo(0));
        Assert.That(broker.Directory.IsEmpty, Is.True);
    }

    [Test]
    public async Task As_many_rooms_as_there_may_be_are_never_refused()
    {
        RoomBroker broker = new(new RoomBrokerOptions { MaxRooms = Tasks }, HookedTime.Yielding());
        int refused = 0;

        await AtOnce(Tasks * 2, task =>
        {
            for (int i = 0; i < 200; i++) // two tasks to a room, so that both may be about to open it
            {
                if (broker.CreateOrJoin($"room {task / 2}", new TestMember()) is { } seat)
                    seat.Leave();
                else
                    Interlocked.Increment(ref refused);
            }
        });

        Assert.That(refused, Is.EqualTo(0));
        Assert.That(broker.Directory.IsEmpty, Is.True);
    }

    [Test]
    public async Task A_member_that_asks_for_several_rooms_at_once_gets_one()
    {
        RoomBroker broker = new(timeProvider: HookedTime.Yielding());
        TestMember member = new();
        ConcurrentBag<RoomSeat> seats = [];

        await AtOnce(Tasks, task =>
        {
            if (broker.CreateOrJoin($"room {task}", member) is { } seat)
                seats.Add(seat);
        });

        Assert.That(seats, Has.Count.EqualTo(1));
        Assert.That(member.Events.Count(e => e is RoomEvent.Error { Code: RoomErrorCode.AlreadyJoined }), Is.EqualTo(Tasks - 1));
        Assert.That((broker.RoomCount, broker.MemberCount), Is.EqualTo((1, 1)));
        seats.Single().Leave();
        Assert.That(broker.Directory.IsEmpty, Is.True);
    }

    private static RoomBroker NewBroker(int capacity) => new(
        new RoomBrokerOptions
        {
            Capacity = capacity,
            SendLog = false,
            MaxMessagesPerSecond = 1_000_000,
            MessageBurst = 1_000_000,
        },
        HookedTime.Yielding());

    /// <summary>Runs the work on so many threads, none of which begins before all are there.</summary>
    private static async Task AtOnce(int tasks, Action<int> work)
    {
        using Barrier start = new(tasks);
        await Task.WhenAll(Enumerable.Range(0, tasks).Select(task => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(SafetyNet);
                work(task);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))).WaitAsync(SafetyNet);
    }

    /// <summary>Whether there is one order of all changes that agrees with each list: no change comes before itself.</summary>
    private static bool HaveOneOrder(IEnumerable<List<string>> lists)
    {
        Dictionary<string, HashSet<string>> after = [];
        Dictionary<string, int> before = [];
        foreach (List<string> changes in lists)
        {
            for (int i = 0; i < changes.Count; i++)
            {
                after.TryAdd(changes[i], []);
                before.TryAdd(changes[i], 0);
                if (i > 0 && after[changes[i - 1]].Add(changes[i]))
                    before[changes[i]]++;
            }
        }

        Queue<string> free = new(before.Where(b => b.Value == 0).Select(b => b.Key));
        int ordered = 0;
        while (free.TryDequeue(out string? change))
        {
            ordered++;
            foreach (string next in after[change])
            {
                if (--before[next] == 0)
                    free.Enqueue(next);
            }
        }

        return ordered == before.Count;
    }
}
