using System.Net;

namespace RoomCall.LoadTest.Members;

/// <summary>Both members of a room.</summary>
internal sealed class Pair(Member first, Member second) : IDisposable
{
    public Member First => first;

    public Member Second => second;

    /// <summary>Enters one after the other; returns when each knows that the other is there.</summary>
    public async Task JoinAsync(IPEndPoint server, string room, CancellationToken cancellationToken)
    {
        await first.JoinAsync(server, room, cancellationToken);
        await second.JoinAsync(server, room, cancellationToken);
        await Task.WhenAll(first.PeerThere, second.PeerThere).WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }
}
