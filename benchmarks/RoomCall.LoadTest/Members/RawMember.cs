namespace RoomCall.LoadTest.Members;

/// <summary>A client of the raw relay: the path is the room, and a connection is a place in it.</summary>
internal sealed class RawMember : Member
{
    public override byte[] Frame(string json) => Wire.ClientFrame.OfText(json);

    public override void OnText(ReadOnlySpan<byte> text) => Received?.Invoke(text);

    public override void Leave() => SendClose();

    protected override string Target => $"/room/{Room}";

    protected override void OnOpen()
    {
        OnAdmitted();
        OnPeerThere(); // it tells of nobody: the first to send is waited for
    }
}
