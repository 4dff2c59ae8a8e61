using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RoomCall.LoadTest.Wire;

namespace RoomCall.LoadTest.Members;

/// <summary>A client of RoomCall's server that could resume: it gives a secret, counts what it gets, and acknowledges it.</summary>
internal class RoomCallMember : Member
{
    private const int FramesPerAcknowledgement = 32;
    private const int BytesPerAcknowledgement = 64 * 1024;

    private string _peer = "";
    private long _received;
    private long _acknowledged;
    private int _bytes;

    public override byte[] Frame(string json) => Wrap($$"""{"type":"message","to":"{{_peer}}","payload":{{json}}}""");

    public override void OnText(ReadOnlySpan<byte> text) => OnFrame(text);

    public override void OnQuiet()
    {
        if (_received > _acknowledged) Acknowledge();
    }

    public override void Leave() => Say("""{"type":"bye"}""");

    protected override string Target => "/room";

    protected override string? SubProtocol => "roomcall.v1";

    protected override void OnOpen() => Enter();

    /// <summary>Asks for the room.</summary>
    protected void Enter()
    {
        string secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        Say($$"""{"type":"create or join","room":"{{Room}}","secret":"{{secret}}"}""");
    }

    /// <summary>What takes a frame to the server.</summary>
    protected virtual byte[] Wrap(string frame) => ClientFrame.OfText(frame);

    /// <summary>Takes a frame of the server.</summary>
    protected void OnFrame(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> payload = ""","payload":"""u8;
        if (frame.StartsWith("""{"type":"message","""u8)) Received?.Invoke(frame[(frame.IndexOf(payload) + payload.Length)..^1]);
        else if (!OnOther(frame)) return;
        _received++;
        _bytes += frame.Length;
        if (_received - _acknowledged >= FramesPerAcknowledgement || _bytes >= BytesPerAcknowledgement) Acknowledge();
    }

    /// <summary>The server has ended the stay, and ends the connection by itself.</summary>
    protected virtual void OnEnd()
    {
    }

    private void Say(string frame) => Send(Wrap(frame));

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
            case "ack" or "pong":
                return false;
            case "ping":
                Say("""{"type":"pong"}""");
                return false;
            case "end" when frame.GetProperty("code").ValueEquals("left"u8):
                OnEnd();
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
        Say($$"""{"type":"ack","received":{{_received}}}""");
        _acknowledged = _received;
        _bytes = 0;
    }
}
