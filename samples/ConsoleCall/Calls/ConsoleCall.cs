using Microsoft.Extensions.DependencyInjection;
using RoomCall.InMemory;
using RoomCall.Signaling;

namespace RoomCall.Samples;

/// <summary>
/// One side of a call. Its signaling is real and goes through the server. Its engine is the in-memory one, which makes real descriptions
/// and candidates but reaches no other process: so the call stands in the phase Connecting, where a native engine would go on.
/// </summary>
internal sealed class ConsoleCall(Wishes wishes)
{
    private const int Failed = 1;

    // The one who answers is done when its answer is on its way, which the initiator has yet to take.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);

    private readonly Timeline _timeline = new(Console.Out, TimeProvider.System);
    private readonly InMemoryPeerConnectionFactory _engine = CreateEngine();

    /// <summary>Joins, and stays until somebody hangs up, which cancelling does too.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using ServiceProvider services = AddServices().BuildServiceProvider();
        Negotiation negotiation = new(_engine.Options.CandidateCount);
        negotiation.Done += Conclude;
        TracedSignaler signaler = new(services.GetRequiredService<IRoomSignaler>(), _timeline, negotiation);
        CallClient client = new(signaler, _engine, Options());
        _timeline.Say($"Room '{wishes.Room}' at {wishes.Server}; Ctrl+C hangs up.");

        CallEndReason reason;
        try
        {
            await using ICallSession session = await client.JoinAsync(wishes.Room, cancellationToken: cancellationToken);
            using IDisposable states = session.States.Subscribe(negotiation.Take);
            using IDisposable events = session.Events.Subscribe(Show);
            reason = await StayAsync(session, negotiation, cancellationToken);
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

        await Console.Error.WriteLineAsync(reason.Detail);
        return Failed;
    }

    // A seed of its own, lest both sides make the same credentials; and all day to connect.
    private static InMemoryPeerConnectionFactory CreateEngine() => new InMemoryWorld(new InMemoryWorldOptions
    {
        Network = new InMemoryNetworkOptions { ConnectTimeout = TimeSpan.FromDays(1), Seed = Random.Shared.Next() },
    }).CreateEngine();

    private IServiceCollection AddServices()
    {
        ServiceCollection services = new();
        services.AddRoomCall().UseWebSockets(options =>
        {
            options.Endpoint = wishes.Server;
            options.Name = wishes.Name;
            if (wishes.Token is { } token)
                options.AccessTokenProvider = _ => ValueTask.FromResult<string?>(token);
        });
        return services;
    }

    private CallOptions Options() => new()
    {
        Timeouts = new CallTimeouts { Connection = Timeout.InfiniteTimeSpan },
        WhenRemoteLeaves = wishes.UntilNegotiated ? RemoteLeftPolicy.EndSession : RemoteLeftPolicy.Stay,
    };

    private async Task<CallEndReason> StayAsync(ICallSession session, Negotiation negotiation, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration hangUp = cancellationToken.Register(() => _ = session.HangUpAsync(CancellationToken.None));
        if (wishes.UntilNegotiated)
        {
            await Task.WhenAny(negotiation.First, session.Completion);
            if (!session.State.IsInitiator)
                await Task.WhenAny(session.Completion, Task.Delay(LastWords, TimeProvider.System, cancellationToken));
            await session.HangUpAsync(CancellationToken.None);
        }

        return await session.Completion;
    }

    private void Show(CallEvent callEvent)
    {
        switch (callEvent)
        {
            case CallEvent.CallStarted started: _timeline.Happened(started.IsInitiator ? "started: makes the offer" : "started: takes the offer"); break;
            case CallEvent.SignalDropped dropped: _timeline.Happened($"not taken ({dropped.Code}): {dropped.Detail}"); break;
            case CallEvent.CallEnded ended: _timeline.Happened($"the call has ended: {ended.Reason.Detail}"); break;
        }
    }

    private void Conclude()
    {
        _timeline.Happened("negotiated: both descriptions are applied, and candidates went both ways");
        _timeline.Say("The signaling of this call is done. Media and data need a native WebRTC engine in each of the two programs:");
        _timeline.Say("the package RoomCall.SipSorcery brings one, and samples/NativePeer is a program with it.");
    }
}
