using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RoomCall.LoadTest.Wire;

namespace RoomCall.LoadTest.Members;

/// <summary>A client of RoomCall's server that could resume: it gives a secret, counts what it gets, and acknowledges it.</summary>
internal sealed class RoomCallMember : Member
{
    private const int FramesPerAcknowledgement = 32;
    private const int BytesPerAcknowledgement = 64 * 1024;

    private static readonly byte[] Bye = ClientFrame.OfText("""{"type":"bye"}""");

    private string _peer = "";
    private long _received;
    private long _acknowledged;
    private int _bytes;

    public override byte[] Frame(string json) => ClientFrame.OfText($$"""{"type":"message","to":"{{_peer}}","payload":{{json}}}""");

    public override void OnText(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> payload = ""","payload":"""u8;
        if (text.StartsWith("""{"type":"message","""u8)) Received?.Invoke(text[(text.IndexOf(payload) + payload.Length)..^1]);
        else if (!OnOther(text)) return;
        _received++;
        _bytes += text.Length;
        if (_received - _acknowledged >= FramesPerAcknowledgement || _bytes >= BytesPerAcknowledgement) Acknowledge();
    }

    public override void OnQuiet()
    {
        if (_received > _acknowledged) Acknowledge();
    }

    public override void Leave() => Send(Bye);

    protected override string Target => "/room";

    protected override string SubProtocol => "roomcall.v1";

    protected override void OnOpen()
    {
        string secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        SendText($$"""{"type":"create or join","room":"{{Room}}","secret":"{{secret}}"}""");
    }

    /// <returns>Whether it counts as received.</returns>
    private bool OnOther(ReadOnlySpan<byte> text)
    {
        Utf8JsonReader reader = new(text);
        JsonElement frame = JsonElement.ParseValue(ref reader);
        switch (frame.GetProperty("type").GetString())
        {
            case "created":
                OnAdmitted();
                return true;
            case "joined":
                MeetPeer(frame.GetProperty("peers")[0]);
                OnAdmitted();
                return true;
            case "join":
                MeetPeer(frame.GetProperty("peer"));
                return true;
            case "log" or "left":
                return true;
            case "ack" or "ping" or "pong":
                return false;
            case "end" when frame.GetProperty("code").ValueEquals("left"u8):
                return false;
            default:
                throw new InvalidDataException($"The server sent {Encoding.UTF8.GetString(text)}.");
        }
    }

    private void MeetPeer(JsonElement peer)
    {
        _peer = peer.GetString()!;
        OnPeerThere();
    }

    private void Acknowledge()
    {
        SendText($$"""{"type":"ack","received":{{_received}}}""");
        _acknowledged = _received;
        _bytes = 0;
    }
}
