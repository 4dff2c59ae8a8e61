namespace RoomCall.SipSorcery.Tests;

/// <summary>The network plug of one side.</summary>
internal sealed class NetworkPlug
{
    private volatile bool _isOut;

    public bool IsOut
    {
        get => _isOut;
        set => _isOut = value;
    }
}
