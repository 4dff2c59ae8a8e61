using Microsoft.Extensions.Hosting;
using RoomCall.Server;

namespace RoomCall.AspNetCore;

/// <summary>When the application stops, the clients are told to come back before the web server takes their connections away.</summary>
internal sealed class RoomCallServerLifetime(
    SignalingServer server,
    HubEntrance hub,
    IHostApplicationLifetime application) : IHostedService, IDisposable
{
    // A client that does not end after CloseTimeout is cut, so this is never waited for.
    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _patience = new();
    private CancellationTokenRegistration _stopping;
    private Task _stop = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The web server, which is stopped before this service, would wait for the connections to end by themselves.
        _stopping = application.ApplicationStopping.Register(Stop);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static patience => ((CancellationTokenSource)patience!).Cancel(), _patience);
        await _stop.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _patience.Dispose();
    }

    private void Stop()
    {
        _stop = server.StopAsync(_patience.Token);

        // SignalR cuts all its connections in another of these callbacks. It registered when the hub was mapped, and who registered last is
        // called first.
        if (hub.IsOpen)
            _stop.Wait(SafetyNet);
    }
}
