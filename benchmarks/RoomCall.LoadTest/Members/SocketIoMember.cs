using System.Text;
using RoomCall.LoadTest.Wire;

namespace RoomCall.LoadTest.Members;

/// <summary>A client of the socket.io relay: Engine.IO 4 and Socket.IO 5, on the WebSocket transport alone.</summary>
internal sealed class SocketIoMember : Member
{
    private static readonly byte[] Connect = ClientFrame.OfText("40");
    private static readonly byte[] Disconnect = ClientFrame.OfText("41");
    private static readonly byte[] Pong = ClientFrame.OfText("3");

    public override byte[] Frame(string json) => ClientFrame.OfText($"""42["message",{json}]""");

    public override void OnText(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> message = """42["message","""u8;
        if (text.StartsWith(message)) Received?.Invoke(text[message.Length..^1]);
        else if (text.StartsWith("42"u8)) OnEvent(text[2..]);
        else if (text.StartsWith("40"u8)) SendText($"""42["create or join","{Room}"]""");
        else if (text.StartsWith("0"u8)) Send(Connect);
        else if (text.SequenceEqual("2"u8)) Send(Pong);
        else throw new InvalidDataException($"The server sent '{Encoding.UTF8.GetString(text)}'.");
    }

    public override void Leave()
    {
        Send(Disconnect);
        SendClose();
    }

    protected override string Target => "/socket.io/?EIO=4&transport=websocket";

    private void OnEvent(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith("""["log","""u8)) return;
        if (data.StartsWith("""["created","""u8))
        {
            OnAdmitted();
        }
        else if (data.StartsWith("""["joined","""u8))
        {
            OnAdmitted();
            OnPeerThere();
        }
        else if (data.StartsWith("""["join","""u8))
        {
            OnPeerThere();
        }
        else
        {
            throw new InvalidDataException($"The server sent the event {Encoding.UTF8.GetString(data)}.");
        }
    }
}
