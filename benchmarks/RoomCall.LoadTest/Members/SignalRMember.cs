using System.Text.Json;
using RoomCall.LoadTest.Wire;

namespace RoomCall.LoadTest.Members;

/// <summary>A client of the hand-written hub, on the WebSocket transport alone. It sends without waiting for a result, which is the least
/// that the hub can be asked to do.</summary>
internal sealed class SignalRMember : Member
{
    private byte[] _payload = [];

    public override byte[] Frame(string json) =>
        HubFrame.Of($$"""{"type":1,"target":"Send","arguments":[{{HubFrame.Quoted(Room)}},{{HubFrame.Quoted(json)}}]}""");

    public override void OnText(ReadOnlySpan<byte> text)
    {
        while (HubRecord.TryTake(ref text, out HubRecord record)) OnRecord(record);
    }

    public override void Leave() => SendClose();

    protected override string Target => "/hub";

    protected override void OnOpen() => Send(HubFrame.Handshake);

    private void OnRecord(HubRecord record)
    {
        ReadOnlySpan<byte> message = """{"type":1,"target":"message","arguments":["""u8;
        switch (record.Kind)
        {
            case HubRecordKind.Handshake:
                Send(HubFrame.Of($$"""{"type":1,"target":"Join","arguments":[{{HubFrame.Quoted(Room)}}]}"""));
                break;
            case HubRecordKind.Invocation when record.Json.StartsWith(message):
                Received?.Invoke(record.ReadText(message, "]}"u8, ref _payload));
                break;
            case HubRecordKind.Invocation:
                OnTold(record);
                break;
            case HubRecordKind.Ping:
                Send(HubFrame.Ping);
                break;
            case HubRecordKind.Close when HasLeft:
                break;
            default:
                throw record.Unexpected();
        }
    }

    private void OnTold(HubRecord record)
    {
        Utf8JsonReader reader = new(record.Json);
        switch (JsonElement.ParseValue(ref reader).GetProperty("target").GetString())
        {
            case "created":
                OnAdmitted();
                break;
            case "joined":
                OnAdmitted();
                OnPeerThere();
                break;
            case "join":
                OnPeerThere();
                break;
            case "left":
                break;
            default:
                throw record.Unexpected();
        }
    }
}
