using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace RoomCall.AspNetCore.Tests.Hostile;

/// <summary>A running server, with two clients in a room of their own who must not notice what the test does to it. In the end nothing was
/// logged as an error, and no exception went unobserved.</summary>
public abstract class HostileTests
{
    private readonly ErrorLog _log = new();
    private readonly ConcurrentQueue<Exception> _unobserved = [];
    private RoomHost? _host;
    private OtherRoom? _otherRoom;

    private protected RoomHost Host => _host!;

    private protected OtherRoom Others => _otherRoom!;

    [SetUp]
    public void Watch() => TaskScheduler.UnobservedTaskException += Keep;

    [TearDown]
    public async Task Look()
    {
        try
        {
            if (_otherRoom is not null)
                await _otherRoom.FinishAsync();
        }
        finally
        {
            if (_otherRoom is not null)
                await _otherRoom.DisposeAsync();
            if (_host is not null)
                await _host.DisposeAsync();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= Keep;
        Assert.That(_log.Errors, Is.Empty);
        Assert.That(_unobserved, Is.Empty);
    }

    private protected async Task StartAsync(
        Action<RoomCallServerOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        Action<IEndpointConventionBuilder>? convention = null,
        bool withOthers = true)
    {
        _host = await RoomHost.StartAsync(
            configure,
            builder =>
            {
                builder.Logging.AddProvider(_log);
                build?.Invoke(builder);
            },
            convention: convention);
        if (withOthers)
            _otherRoom = await OtherRoom.OpenAsync(_host);
    }

    /// <summary>Waits until no connection is up but those of the two others.</summary>
    private protected async Task AllGoneAsync()
    {
        int others = _otherRoom is null ? 0 : 2;
        for (int i = 0; i < 1_000 && Host.Server.ConnectionCount > others; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.That(Host.Server.ConnectionCount, Is.EqualTo(others));
    }

    private void Keep(object? sender, UnobservedTaskExceptionEventArgs args) => _unobserved.Enqueue(args.Exception);
}
