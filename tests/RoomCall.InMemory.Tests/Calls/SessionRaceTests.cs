using System.Collections.Concurrent;
using RoomCall.Conformance;

namespace RoomCall.InMemory.Tests;

/// <summary>Joining, talking, hanging up, vanishing, disposing and cancelling in any order from many threads.</summary>
[NonParallelizable]
public class SessionRaceTests
{
    private readonly ConcurrentQueue<Exception> _unobserved = new();

    [SetUp]
    public void Watch()
    {
        // What earlier tests left behind is not of this one.
        Unobserved();
        TaskScheduler.UnobservedTaskException += Note;
    }

    [TearDown]
    public void Unwatch() => TaskScheduler.UnobservedTaskException -= Note;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Whatever_happens_in_whatever_order_every_session_ends_once_and_nothing_is_left(int seed)
    {
        InMemoryWorld world = new(new InMemoryWorldOptions { Rooms = new() { MaxMessagesPerSecond = 1_000_000, MessageBurst = 1_000_000 } });
        ConcurrentBag<ICallSession> all = [];
        Task[] people = [.. Enumerable.Range(0, 8).Select(number => Task.Run(() => LiveAsync(world, new Random((seed * 100) + number), all)))];

        await Task.WhenAll(people).WaitAsync(TimeSpan.FromSeconds(60));
        CallEndReason[] reasons = await Task.WhenAll(all.Select(session => session.Completion)).Soon();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reasons, Has.Length.GreaterThan(500));
            Assert.That(reasons.Select(reason => reason.Code), Is.All.AnyOf(CallEndCode.HungUp, CallEndCode.SignalingLost, CallEndCode.NegotiationFailed));
            Assert.That(all.Select(session => session.State.EndReason), Is.EquivalentTo(reasons));
            Assert.That((world.Rooms.RoomCount, world.Rooms.MemberCount), Is.EqualTo((0, 0)));
            Assert.That(world.Network.Connections, Is.Empty);
            Assert.That(Unobserved(), Is.Empty);
        }
    }

    private static async Task LiveAsync(InMemoryWorld world, Random random, ConcurrentBag<ICallSession> all)
    {
        for (int stay = 0; stay < 200; stay++)
        {
            InMemorySignaler signaler = world.CreateSignaler();
            InMemoryPeerConnectionFactory engine = world.CreateEngine(new() { Capabilities = new() { IceRestart = random.Next(2) == 0 } });
            using CancellationTokenSource enough = new();
            Task<ICallSession> joining = world.CreateClient(null, signaler, engine).JoinAsync($"room-{random.Next(3)}", null, enough.Token);
            if (random.Next(6) == 0)
            {
                await enough.CancelAsync();
            }

            try
            {
                ICallSession session = await joining;
                all.Add(session);
                await ActAsync(session, signaler, random);
            }
            catch (RoomCallException)
            {
                // The room was full.
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    private static async Task ActAsync(ICallSession session, InMemorySignaler signaler, Random random)
    {
        for (int act = random.Next(4); act > 0; act--)
        {
            switch (random.Next(6))
            {
                case 0: await Task.Yield(); break;
                case 1: await EndsOrHappensAsync(session.DataChannel.SendAsync("hello").AsTask()); break;
                case 2: await EndsOrHappensAsync(session.WhenConnectedAsync(AfterAWhile())); break;
                case 3: await EndsOrHappensAsync(session.OpenDataChannelAsync("more", null, AfterAWhile())); break;
                case 4: await EndsOrHappensAsync(session.GetStatisticsAsync()); break;
                case 5: session.Events.Subscribe(_ => throw new InvalidTimeZoneException()); break;
            }
        }

        switch (random.Next(4))
        {
            case 0: await session.HangUpAsync(); break;
            case 1: await Task.WhenAll(session.HangUpAsync(), session.DisposeAsync().AsTask(), Task.Run(() => session.HangUpAsync())); break;
            case 2: signaler.Vanish(); break;
            case 3: await Task.WhenAll(Task.Run(signaler.Vanish), Task.Run(() => session.HangUpAsync())); break;
        }

        await session.DisposeAsync();
    }

    private static CancellationToken AfterAWhile()
    {
        CancellationTokenSource enough = new(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        return enough.Token;
    }

    private static async Task EndsOrHappensAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (RoomCallException)
        {
        }
        catch (OperationCanceledException)
        {
        }
    }

    private Exception[] Unobserved()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return [.. _unobserved];
    }

    private void Note(object? sender, UnobservedTaskExceptionEventArgs args) => _unobserved.Enqueue(args.Exception);
}
