using RoomCall.LoadTest.Wire;

namespace RoomCall.LoadTest.Members;

/// <summary>A client of RoomCall's hub: the frames that it says to RoomCall's server otherwise are the items of a stream each way.</summary>
internal sealed class RoomCallHubMember : RoomCallMember
{
    private static readonly byte[] Call = HubFrame.Of("""{"type":4,"invocationId":"1","target":"roomcall.v1","arguments":[],"streamIds":["2"]}""");
    private static readonly byte[] StreamEnd = HubFrame.Of("""{"type":3,"invocationId":"2"}""");

    private byte[] _frame = [];

    public override void OnText(ReadOnlySpan<byte> text)
    {
        while (HubRecord.TryTake(ref text, out HubRecord record)) OnRecord(record);
    }

    protected override string Target => "/hub";

    protected override string? SubProtocol => null;

    protected override void OnOpen() => Send(HubFrame.Handshake);

    protected override byte[] Wrap(string frame) => HubFrame.Of($$"""{"type":2,"invocationId":"2","item":{{HubFrame.Quoted(frame)}}}""");

    // The server leaves this to the client, and the connection open for more.
    protected override void OnEnd()
    {
        Send(StreamEnd);
        SendClose();
    }

    private void OnRecord(HubRecord record)
    {
        switch (record.Kind)
        {
            case HubRecordKind.Handshake:
                Send(Call);
                Enter();
                break;
            case HubRecordKind.StreamItem:
                OnFrame(record.ReadText("""{"type":2,"invocationId":"1","item":"""u8, "}"u8, ref _frame));
                break;
            case HubRecordKind.Ping:
                Send(HubFrame.Ping);
                break;
            case HubRecordKind.Close when HasLeft:
                break;
            case HubRecordKind.Completion when record.Json.SequenceEqual("""{"type":3,"invocationId":"1"}"""u8):
                break;
            default:
                throw record.Unexpected();
        }
    }
}
