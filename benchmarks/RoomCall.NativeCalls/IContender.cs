namespace RoomCall.NativeCalls;

/// <summary>A way to make a call between two ends in this process.</summary>
internal interface IContender
{
    string Name { get; }

    /// <summary>What has happened before the second end comes.</summary>
    /// <returns>Makes the call, from then until both data channels are open.</returns>
    Task<Func<Task<IOpenCall>>> PrepareAsync();
}
