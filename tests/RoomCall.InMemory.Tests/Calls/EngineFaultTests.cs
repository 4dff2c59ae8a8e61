using Moq;
using RoomCall.Conformance;
using RoomCall.DataChannels;
using RoomCall.Media;
using RoomCall.PeerConnections;

namespace RoomCall.InMemory.Tests;

/// <summary>An engine or a source of media that fails, hangs or comes late (book rows S17, S20; defects D5, D6).</summary>
public class EngineFaultTests : InMemoryCallTest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [TestCase(InMemoryOperation.Create, true, CallEndCode.PeerConnectionFailed)]
    [TestCase(InMemoryOperation.Create, false, CallEndCode.PeerConnectionFailed)]
    [TestCase(InMemoryOperation.CreateDataChannel, true, CallEndCode.PeerConnectionFailed)]
    [TestCase(InMemoryOperation.CreateOffer, true, CallEndCode.NegotiationFailed)]
    [TestCase(InMemoryOperation.CreateAnswer, false, CallEndCode.NegotiationFailed)]
    [TestCase(InMemoryOperation.SetLocalDescription, true, CallEndCode.NegotiationFailed)]
    [TestCase(InMemoryOperation.SetLocalDescription, false, CallEndCode.NegotiationFailed)]
    [TestCase(InMemoryOperation.SetRemoteDescription, true, CallEndCode.NegotiationFailed)]
    [TestCase(InMemoryOperation.SetRemoteDescription, false, CallEndCode.NegotiationFailed)]
    public async Task S17_S20_An_operation_that_fails_ends_the_session_by_its_name_and_the_other_is_told(
        InMemoryOperation operation, bool atInitiator, CallEndCode code)
    {
        (ICallSession failing, CallLog other) = await MeetWithFaultAsync(faults => faults.FailNext(operation, new IOException("broken")), atInitiator);

        CallEndReason reason = await failing.Completion.Soon();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reason.Code, Is.EqualTo(code));
            Assert.That(reason.Detail, Does.Contain("broken"));
            Assert.That((await other.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteFailed));
        }
    }

    [TestCase(InMemoryOperation.Create, CallEndCode.PeerConnectionFailed)]
    [TestCase(InMemoryOperation.CreateDataChannel, CallEndCode.PeerConnectionFailed)]
    [TestCase(InMemoryOperation.CreateOffer, CallEndCode.NegotiationFailed)]
    [TestCase(InMemoryOperation.SetLocalDescription, CallEndCode.NegotiationFailed)]
    public async Task An_operation_that_fails_while_an_offer_is_made_ahead_ends_the_session_before_anybody_comes(
        InMemoryOperation operation, CallEndCode code)
    {
        InMemoryCallSide side = CreateSide();
        side.Faults.FailNext(operation, new IOException("broken"));
        ICallSession failing = await JoinAsync(side);

        CallEndReason reason = await failing.Completion.Soon();

        Assert.That(reason.Code, Is.EqualTo(code));
        Assert.That(reason.Detail, Does.Contain("broken"));
    }

    [TestCase(InMemoryOperation.Create, true, CallEndCode.PeerConnectionFailed)]
    [TestCase(InMemoryOperation.Create, false, CallEndCode.PeerConnectionFailed)]
    [TestCase(InMemoryOperation.CreateOffer, true, CallEndCode.NegotiationFailed)]
    [TestCase(InMemoryOperation.CreateAnswer, false, CallEndCode.NegotiationFailed)]
    [TestCase(InMemoryOperation.SetLocalDescription, true, CallEndCode.NegotiationFailed)]
    [TestCase(InMemoryOperation.SetRemoteDescription, false, CallEndCode.NegotiationFailed)]
    public async Task D6_An_operation_that_hangs_ends_the_session_in_time_and_the_other_is_told(
        InMemoryOperation operation, bool atInitiator, CallEndCode code)
    {
        (ICallSession hanging, CallLog other) = await MeetWithFaultAsync(faults => faults.HangNext(operation), atInitiator);

        Assert.That((await EndAfterAsync(hanging, Limit)).Code, Is.EqualTo(code));
        Assert.That((await other.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteFailed));
    }

    [TestCase(InMemoryOperation.Create, true)]
    [TestCase(InMemoryOperation.CreateOffer, true)]
    [TestCase(InMemoryOperation.CreateAnswer, false)]
    public async Task A_hang_up_does_not_wait_for_an_operation_that_hangs(InMemoryOperation operation, bool atInitiator)
    {
        (ICallSession hanging, CallLog other) = await MeetWithFaultAsync(faults => faults.HangNext(operation), atInitiator);
        await hanging.WhenAsync(state => state.IsStarted).Soon();

        await hanging.HangUpAsync().Soon();

        Assert.That((await other.SawAsync<CallEvent.CallEnded>()).Reason.Code, Is.EqualTo(CallEndCode.RemoteHungUp));
    }

    [Test]
    public async Task D8_A_candidate_that_the_engine_refuses_harms_nothing_else()
    {
        InMemoryCallSide side = CreateSide();
        side.Faults.FailNext(InMemoryOperation.AddIceCandidate, new FormatException("broken"));
        ICallSession initiator = await JoinAsync(side);
        CallLog log = new(initiator);

        await TalkAsync(initiator, await JoinAsync());

        await log.SawAsync<CallEvent.SignalDropped>(dropped => dropped.Code == SignalDropCode.Malformed);
    }

    [Test]
    public async Task S17_A_stream_that_the_engine_cannot_take_ends_the_session_by_name()
    {
        InMemoryCallSide side = CreateSide();
        side.Faults.FailNext(InMemoryOperation.AddStream, new ArgumentException("not mine"));
        CallOptions options = Options();
        options.Media = side.CreateMedia();
        ICallSession session = await JoinAsync(side, options);
        await JoinAsync();

        Assert.That((await session.Completion.Soon()).Code, Is.EqualTo(CallEndCode.PeerConnectionFailed));
    }

    [Test]
    public async Task A_connection_that_the_engine_makes_too_late_is_disposed()
    {
        TaskCompletionSource<IPeerConnection> late = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Mock<IPeerConnection> connection = new();
        connection.Setup(peer => peer.DisposeAsync()).Callback(() => disposed.TrySetResult()).Returns(ValueTask.CompletedTask);
        ICallSession session = await JoinWithEngineAsync(Engine(() => new(late.Task)));
        await JoinAsync();
        await session.WhenAsync(state => state.IsStarted).Soon();
        await EndAfterAsync(session, Limit);

        late.SetResult(connection.Object);

        await disposed.Task.Soon();
        connection.Verify(peer => peer.CreateDataChannel(It.IsAny<string>(), It.IsAny<DataChannelOptions>()), Times.Never);
    }

    [Test]
    public async Task An_operation_that_fails_after_its_time_is_no_unobserved_exception()
    {
        List<Exception> unobserved = [];
        void Note(object? sender, UnobservedTaskExceptionEventArgs args) => unobserved.Add(args.Exception);
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await EndWithLateFailureAsync();
            for (int round = 0; round < 10 && unobserved.Count == 0; round++)
            {
                // The failure reaches the abandoned operation on another thread.
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        Assert.That(unobserved.Where(exception => exception.ToString().Contains("late failure", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task An_engine_that_fails_and_hangs_while_it_is_closed_does_not_keep_the_session()
    {
        Mock<IPeerConnection> connection = new();
        connection.Setup(peer => peer.CreateDataChannel(It.IsAny<string>(), It.IsAny<DataChannelOptions>())).Throws(new IOException("broken"));
        connection.Setup(peer => peer.DisposeAsync()).Returns(new ValueTask(new TaskCompletionSource().Task));
        ICallSession session = await JoinWithEngineAsync(Engine(() => new(connection.Object)));
        await JoinAsync();

        await PassUntilAsync(session.Completion);

        Assert.That((await session.Completion).Code, Is.EqualTo(CallEndCode.PeerConnectionFailed));
    }

    [Test]
    public async Task A_stream_that_cannot_be_disposed_keeps_nothing_else_from_being_given_back()
    {
        Mock<IMediaStream> stream = new();
        stream.SetupGet(media => media.Tracks).Returns([]);
        stream.Setup(media => media.DisposeAsync()).Throws(new IOException("broken"));
        Mock<IMediaSource> source = new();
        source.Setup(media => media.OpenAsync(It.IsAny<CancellationToken>())).Returns(new ValueTask<IMediaStream>(stream.Object));
        CallOptions options = Options();
        options.Media = source.Object;
        options.Timeouts = NoLimits with { HangUp = TimeSpan.FromSeconds(5) };
        CallSide side = World.CreateSide();
        ICallSession session = await JoinAsync(side, options);
        side.InterruptSignaling();

        // It cannot leave, so that only the disposal of its connection frees its place.
        await PassUntilAsync(session.HangUpAsync());

        World.AssertEmpty();
    }

    [Test]
    public async Task A_source_that_ignores_its_token_holds_nobody_and_its_late_stream_is_disposed()
    {
        TaskCompletionSource<IMediaStream> late = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Mock<IMediaStream> stream = new();
        stream.Setup(media => media.DisposeAsync()).Callback(() => disposed.TrySetResult()).Returns(ValueTask.CompletedTask);
        Mock<IMediaSource> source = new();
        source.Setup(media => media.OpenAsync(It.IsAny<CancellationToken>())).Returns(new ValueTask<IMediaStream>(late.Task));
        CallOptions options = Options();
        options.Media = source.Object;
        ICallSession session = await JoinAsync(options: options);
        await session.HangUpAsync().Soon();

        late.SetResult(stream.Object);

        await disposed.Task.Soon();
    }

    [Test]
    public async Task A_remote_channel_whose_engine_throws_costs_the_channel_and_not_the_session()
    {
        IPeerConnectionObserver? observer = null;
        Mock<IDataChannelTransport> broken = new();
        broken.SetupGet(channel => channel.Label).Returns("files");
        broken.SetupGet(channel => channel.Options).Returns(DataChannelOptions.Reliable);
        broken.Setup(channel => channel.Attach(It.IsAny<IDataChannelTransportObserver>())).Throws(new IOException("broken"));
        broken.Setup(channel => channel.Close()).Throws(new IOException("broken"));
        InMemoryCallSide side = CreateSide();
        Mock<IPeerConnectionFactory> engine = new();
        engine.SetupGet(factory => factory.Capabilities).Returns(side.Engine.Capabilities);
        engine
            .Setup(factory => factory.CreateAsync(It.IsAny<PeerConnectionConfiguration>(), It.IsAny<IPeerConnectionObserver>(), It.IsAny<CancellationToken>()))
            .Returns((PeerConnectionConfiguration configuration, IPeerConnectionObserver ours, CancellationToken token) =>
            {
                observer = ours;
                return side.Engine.CreateAsync(configuration, ours, token);
            });
        ICallSession session = await JoinWithEngineAsync(engine.Object);
        ICallSession other = await JoinAsync();
        await TalkAsync(session, other);

        observer!.OnDataChannel(broken.Object);
        await TalkAsync(session, other);
        await other.HangUpAsync().Soon();
        await ReachedAsync(session, CallPhase.Waiting);
        observer.OnDataChannel(broken.Object);

        await TalkAsync(session, await JoinAsync());
    }

    private async Task EndWithLateFailureAsync()
    {
        TaskCompletionSource<IPeerConnection> late = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ICallSession session = await JoinWithEngineAsync(Engine(() => new(late.Task)));
        await using (RoomGuestOfCall guest = await RoomGuestOfCall.EnterAsync(World.CreateSide().Signaler))
        {
            await session.WhenAsync(state => state.IsStarted).Soon();
            await EndAfterAsync(session, Limit);
        }

        late.SetException(new IOException("late failure"));
    }

    private async Task<(ICallSession Faulty, CallLog Other)> MeetWithFaultAsync(Action<InMemoryFaults> fault, bool atInitiator)
    {
        InMemoryCallSide side = CreateSide();
        fault(side.Faults);
        CallOptions options = Options(limits => limits with { Operation = Limit }) with { ParkOffer = false }; // else it fails before they meet
        ICallSession? first = atInitiator ? await JoinAsync(side, options) : null;
        CallLog other = new(await JoinAsync());
        ICallSession faulty = first ?? await JoinAsync(side, options);
        return (faulty, other);
    }

    private Task<ICallSession> JoinWithEngineAsync(IPeerConnectionFactory engine) => JoinAsync(new CallClient(
        CreateSide().Signaler, engine, Options(limits => limits with { Operation = Limit, HangUp = TimeSpan.FromSeconds(5) }), World.Time));

    private static IPeerConnectionFactory Engine(Func<ValueTask<IPeerConnection>> create)
    {
        Mock<IPeerConnectionFactory> engine = new();
        engine.SetupGet(factory => factory.Capabilities).Returns(new EngineCapabilities());
        engine
            .Setup(factory => factory.CreateAsync(It.IsAny<PeerConnectionConfiguration>(), It.IsAny<IPeerConnectionObserver>(), It.IsAny<CancellationToken>()))
            .Returns(create);
        return engine.Object;
    }
}
