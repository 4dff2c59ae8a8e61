using Microsoft.Extensions.DependencyInjection;
using RoomCall.Media;

namespace RoomCall.Samples;

/// <summary>One side of the calls in a room: signaling over a WebSocket, connections with SIPSorcery. It stays, and has one call after
/// another with whoever comes.</summary>
internal sealed class NativePeer(Wishes wishes, DownloadFolder? folder)
{
    private const int Failed = 1;

    // The engine sends a connection's messages in the order in which it got them: a text waits behind what is buffered of a file, about a
    // quarter of a megabyte a second, and so does a hang-up.
    private const int ShortBuffer = 64 * 1024;

    private readonly Timeline _timeline = new(Console.Out, TimeProvider.System);

    /// <summary>Joins, and stays until it is cancelled, which hangs up.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using ServiceProvider services = AddServices().BuildServiceProvider();
        ICallClient client = services.GetRequiredService<ICallClient>();
        _timeline.Say($"Room '{wishes.Room}' at {wishes.Server}; Ctrl+C hangs up.");

        CallEndReason reason;
        try
        {
            await using ICallSession session = await client.JoinAsync(wishes.Room, cancellationToken: cancellationToken);
            reason = await StayAsync(session, cancellationToken);
        }
        catch (RoomCallException exception) when (exception.EndReason is { } end)
        {
            reason = end;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }

        if (reason.IsNormal)
        {
            _timeline.Say(reason.Detail);
            return 0;
        }

        await Console.Error.WriteLineAsync(reason.Detail.ReplaceLineEndings(" "));
        return Failed;
    }

    private IServiceCollection AddServices()
    {
        ServiceCollection services = new();
        services.AddRoomCall(options =>
                {
                    options.Media = wishes.IsSilent ? null : TestTone.Source();
                    options.ContinueWithoutMedia = true;
                    options.WhenRemoteLeaves = RemoteLeftPolicy.Stay;
                    options.SendBufferLimit = ShortBuffer;
                })
                .UseWebSockets(options => (options.Endpoint, options.Name) = (wishes.Server, wishes.Name))
                .UseSipSorcery();
        return services;
    }

    private async Task<CallEndReason> StayAsync(ICallSession session, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration hangUp = cancellationToken.Register(() => _ = session.HangUpAsync(CancellationToken.None));
        using CancellationTokenSource ended = new();
        Conversation conversation = new(_timeline);
        List<Task> atWork =
        [
            conversation.SpeakAsync(session, InputLines.Start(), ended.Token),
            new FileReceiver(folder, _timeline).ReceiveAllAsync(session),
        ];

        Task told = TellAsync(session, conversation, atWork);
        CallEndReason reason = await session.Completion;
        await told; // from here on nothing is added
        await ended.CancelAsync();
        await Task.WhenAll(atWork);
        return reason;
    }

    /// <summary>Follows the session to its last event.</summary>
    private async Task TellAsync(ICallSession session, Conversation conversation, List<Task> atWork)
    {
        CallStory story = new(_timeline);
        FileSender? sender = wishes.File is { } path ? new FileSender(path, session, _timeline) : null;
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable states = session.States.Subscribe(story.Take);
        using IDisposable events = session.Events.Subscribe(Take, told.SetResult);
        await told.Task;

        // Events are told one at a time and must not wait: what takes time works beside them.
        void Take(CallEvent callEvent)
        {
            story.Take(callEvent);
            switch (callEvent)
            {
                case CallEvent.DataChannelOpened opened:
                    atWork.RemoveAll(static task => task.IsCompletedSuccessfully);
                    atWork.Add(conversation.ListenAsync(opened.Channel));
                    if (sender is not null)
                        atWork.Add(sender.SendAsync());
                    break;
                case CallEvent.RemoteStreamAdded added:
                    foreach (IMediaTrack track in added.Stream.Tracks) FrameCount.Begin(track, _timeline);
                    break;
                case CallEvent.CallEnded:
                    sender?.BeginAnew();
                    break;
            }
        }
    }
}
