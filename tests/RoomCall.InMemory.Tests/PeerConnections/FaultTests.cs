using RoomCall.DataChannels;
using RoomCall.PeerConnections;

namespace RoomCall.InMemory.Tests;

public sealed class FaultTests
{
    [Test]
    public async Task A_fault_is_met_once_and_changes_nothing()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        call.OffererFactory.Faults.FailNext(InMemoryOperation.CreateOffer, new TimeoutException("as told"));
        Assert.That(async () => await call.Offerer.OfferAsync(), Throws.InstanceOf<TimeoutException>());
        await call.OpenAsync();
    }

    [Test]
    public async Task A_hanging_operation_ends_with_its_token_or_with_its_connection()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        call.OffererFactory.Faults.HangNext(InMemoryOperation.CreateOffer);
        call.OffererFactory.Faults.HangNext(InMemoryOperation.CreateOffer);

        using CancellationTokenSource cancellation = new();
        Task<SessionDescription> cancelled = call.OffererConnection.CreateOfferAsync(default, cancellation.Token).AsTask();
        Assert.That(cancelled.IsCompleted, Is.False);
        await cancellation.CancelAsync();
        Assert.That(async () => await cancelled, Throws.InstanceOf<OperationCanceledException>());

        Task<SessionDescription> disposed = call.OffererConnection.CreateOfferAsync(default, default).AsTask();
        Assert.That(disposed.IsCompleted, Is.False);
        await call.OffererConnection.DisposeAsync();
        Assert.That(async () => await disposed, Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task A_delayed_operation_begins_later()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        call.OffererFactory.Faults.DelayNext(InMemoryOperation.CreateOffer, TimeSpan.FromSeconds(3));
        Task<SessionDescription> offer = call.OffererConnection.CreateOfferAsync(default, default).AsTask();
        call.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(offer.IsCompleted, Is.False);
        call.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await offer.WaitAsync(TimeSpan.FromSeconds(20))).Type, Is.EqualTo(SdpType.Offer));
    }

    [Test]
    public void Only_what_returns_a_task_can_hang()
    {
        InMemoryFaults faults = Engines.Full().Faults;
        Assert.That(() => faults.HangNext(InMemoryOperation.AddStream), Throws.ArgumentException);
        faults.FailNext(InMemoryOperation.Create, new TimeoutException());
        faults.Clear();
    }

    [Test]
    public async Task Making_a_channel_or_a_connection_fails_as_told()
    {
        await using VirtualCall call = await VirtualCall.CreateAsync();
        call.OffererFactory.Faults.FailNext(InMemoryOperation.CreateDataChannel, new NotSupportedException());
        call.OffererFactory.Faults.FailNext(InMemoryOperation.Create, new IOException());
        Assert.That(() => call.OffererConnection.CreateDataChannel("x", DataChannelOptions.Reliable), Throws.InstanceOf<NotSupportedException>());
        Assert.That(async () => await call.OffererFactory.CreateAsync(new(), call.Offerer, default), Throws.InstanceOf<IOException>());
    }
}
