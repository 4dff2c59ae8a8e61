using Microsoft.Extensions.Hosting;
using RoomCall.Server;

namespace RoomCall.AspNetCore;

/// <summary>When the application stops, the clients are told to come back before the web server takes their connections away.</summary>
internal sealed class RoomCallServerLifetime(SignalingServer server, IHostApplicationLifetime application) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _patience = new();
    private CancellationTokenRegistration _stopping;
    private Task _stop = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The web server, which is stopped before this service, would wait for the connections to end by themselves.
        _stopping = application.ApplicationStopping.Register(() => _stop = server.StopAsync(_patience.Token));
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
}
