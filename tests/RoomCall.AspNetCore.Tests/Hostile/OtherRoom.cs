using System.Globalization;

namespace RoomCall.AspNetCore.Tests.Hostile;

/// <summary>Two clients in a room of their own that say numbers to each other all the while. Whatever others do to the server, each number
/// comes, in order and once.</summary>
internal sealed class OtherRoom : IAsyncDisposable
{
    // Half of what a member may send in a second.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly RawClient _alice;
    private readonly RawClient _bob;
    private readonly Task _talk;
    private volatile bool _isOver;

    private OtherRoom(RawClient alice, RawClient bob)
    {
        (_alice, _bob) = (alice, bob);
        _talk = TalkAsync();
    }

    /// <summary>How many numbers each has got.</summary>
    public int Exchanged { get; private set; }

    public static async Task<OtherRoom> OpenAsync(RoomHost host)
    {
        RawClient alice = await RawClient.EnterAsync(host.Endpoint, "the other room");
        RawClient bob = await RawClient.EnterAsync(host.Endpoint, "the other room");
        await alice.NextAsync("join");
        return new OtherRoom(alice, bob);
    }

    /// <summary>Ends the talk; fails when anything was lost, doubled, out of order or too much.</summary>
    public async Task FinishAsync()
    {
        _isOver = true;
        await _talk;
    }

    public async ValueTask DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
    }

    private async Task TalkAsync()
    {
        do
        {
            int number = Exchanged + 1;
            await Task.WhenAll(SayAsync(_alice, number), SayAsync(_bob, number));
            await Task.WhenAll(ExpectAsync(_alice, number), ExpectAsync(_bob, number));
            Exchanged = number;
            await Task.Delay(Pause, TimeProvider.System);
        }
        while (!_isOver);
    }

    private static Task SayAsync(RawClient client, int number) => client.SayAsync(number.ToString(CultureInfo.InvariantCulture));

    private static async Task ExpectAsync(RawClient client, int number)
    {
        int got = (int)(await client.NextAsync("message"))["payload"]!;
        Assert.That(got, Is.EqualTo(number));
    }
}
