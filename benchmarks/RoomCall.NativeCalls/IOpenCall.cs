namespace RoomCall.NativeCalls;

/// <summary>A call that is up.</summary>
internal interface IOpenCall : IAsyncDisposable
{
    /// <summary>Sends a short message, which the other end sends back.</summary>
    Task EchoAsync();

    /// <summary>Sends long messages, and waits until all have come.</summary>
    Task SendAsync(int messages);
}
