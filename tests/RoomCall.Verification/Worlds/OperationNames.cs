namespace RoomCall.Verification.Worlds;

/// <summary>What an operation of the engine is called, and of which connection it is.</summary>
internal static class OperationNames
{
    public static int ConnectionOf(CallEffect operation) => operation switch
    {
        CallEffect.CreatePeerConnection create => create.Connection,
        CallEffect.CreateOffer create => create.Connection,
        CallEffect.CreateAnswer create => create.Connection,
        CallEffect.SetLocalDescription set => set.Connection,
        CallEffect.SetRemoteDescription set => set.Connection,
        CallEffect.AddIceCandidate add => add.Connection,
        CallEffect.ClosePeerConnection => 0, // a close is done whatever becomes of the connection
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    public static EngineOperation? NameOf(CallEffect operation) => operation switch
    {
        CallEffect.CreatePeerConnection => EngineOperation.CreatePeerConnection,
        CallEffect.CreateOffer => EngineOperation.CreateOffer,
        CallEffect.CreateAnswer => EngineOperation.CreateAnswer,
        CallEffect.SetLocalDescription => EngineOperation.SetLocalDescription,
        CallEffect.SetRemoteDescription => EngineOperation.SetRemoteDescription,
        CallEffect.AddIceCandidate => EngineOperation.AddIceCandidate,
        _ => null,
    };
}
