using RoomCall.Server.Rooms;

namespace RoomCall.Server.Tests.Rooms;

public sealed class RoomDirectoryTests
{
    [Test]
    public async Task The_count_never_overshoots_not_even_while_one_too_many_is_refused()
    {
        RoomDirectory directory = new(maxRooms: 1);
        Assert.That(directory.TryOpen(), Is.True);
        bool done = false;
        bool overshot = false;
        TaskCompletionSource watching = new(TaskCreationOptions.RunContinuationsAsynchronously);

        Task watch = Task.Run(() =>
        {
            watching.SetResult();
            while (!Volatile.Read(ref done))
                overshot |= directory.RoomCount != 1;
        });
        await watching.Task;
        int opened = 0;
        for (int i = 0; i < 1_000_000; i++)
            opened += directory.TryOpen() ? 1 : 0;
        Volatile.Write(ref done, true);
        await watch.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.That((overshot, opened), Is.EqualTo((false, 0)));
    }
}
