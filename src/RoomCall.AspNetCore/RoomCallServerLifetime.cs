using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RoomCall.Server;

namespace RoomCall.AspNetCore;

/// <summary>When the application stops, the clients are told to come back before the web server takes their connections away.</summary>
internal sealed class RoomCallServerLifetime(
    SignalingServer server,
    IOptions<RoomCallServerOptions> options,
    IHostApplicationLifetime application) : IHostedService, IDisposable
{
    // A client that does not end in its time is cut then, and is gone a moment later.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _patience = new();
    private readonly List<CancellationTokenRegistration> _stopping = [];
    private Task? _stop;
    private bool _isHubMapped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The web server, which is stopped before this service, would wait for the connections to end by themselves.
        _stopping.Add(application.ApplicationStopping.Register(Stop));
        return Task.CompletedTask;
    }

    /// <summary>A hub is mapped. SignalR cuts its connections in a callback too, which it has registered by now; who registered last is called
    /// first, whether this service has been started before or is later.</summary>
    public void StopBeforeSignalR()
    {
        _isHubMapped = true;
        _stopping.Add(application.ApplicationStopping.Register(Stop));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static patience => ((CancellationTokenSource)patience!).Cancel(), _patience);
        await (_stop ?? Task.CompletedTask).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (CancellationTokenRegistration registration in _stopping)
        {
            registration.Dispose();
        }

        _patience.Dispose();
    }

    // Called by one thread, one registration after the other.
    private void Stop()
    {
        if (_stop is not null)
            return;

        _stop = server.StopAsync(_patience.Token);
        if (_isHubMapped && !_stop.Wait(options.Value.CloseTimeout + Moment))
            _patience.Cancel();
    }
}
