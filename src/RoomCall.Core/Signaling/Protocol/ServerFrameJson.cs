using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace RoomCall.Signaling.Protocol;

/// <summary>The JSON of a <see cref="ServerFrame"/>. Safe for concurrent use. What <see cref="Encode"/> writes, <see cref="TryDecode"/> takes.</summary>
public static class ServerFrameJson
{
    /// <summary>Writes a frame.</summary>
    /// <param name="frame">The frame. The events <see cref="RoomEvent.Interrupted"/> and <see cref="RoomEvent.Resumed"/> are a client's own.</param>
    /// <returns>One JSON object in UTF-8.</returns>
    /// <exception cref="ArgumentException">The frame is none that a server sends.</exception>
    public static byte[] Encode(in ServerFrame frame)
    {
        using FrameWriter writer = FrameWriter.Begin(TypeOf(frame));
        Utf8JsonWriter json = writer.Json;
        switch (frame.Type)
        {
            case ServerFrameType.Event: ServerEventJson.Write(json, frame.Event!, frame.Resume); break;
            case ServerFrameType.Ack: json.WriteNumber("received"u8, frame.Received); break;
            case ServerFrameType.Resumed:
                json.WriteNumber("received"u8, frame.Received);
                json.WriteString("token"u8, FrameWriter.Required(frame.Token, nameof(frame.Token)));
                break;
            case ServerFrameType.End:
                json.WriteString("code"u8, FrameTexts<EndCode>.Of(frame.Code));
                FrameWriter.Optional(json, "detail"u8, frame.Detail);
                break;
        }

        return writer.End();
    }

    /// <summary>Reads what a server sent. It throws nothing, whatever the bytes are. A type that this version does not know is
    /// <see cref="ServerFrameType.Unknown"/>.</summary>
    /// <param name="utf8">One JSON object in UTF-8; a payload in <paramref name="frame"/> is a part of it.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="error">A sentence that says what is wrong; null when all is well.</param>
    /// <returns>Whether it is a frame of a server.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> utf8, out ServerFrame frame, [NotNullWhen(false)] out string? error)
    {
        frame = default;
        FrameReader reader = default;
        error = reader.Read(utf8.Span);
        if (error is not null)
            return false;

        switch (reader.Type)
        {
            case "ack":
                error = reader.BrokenOf(FrameField.Received);
                frame = new() { Type = ServerFrameType.Ack, Received = reader.Received };
                break;
            case "ping":
                frame = new() { Type = ServerFrameType.Ping };
                break;
            case "pong":
                frame = new() { Type = ServerFrameType.Pong };
                break;
            case "resumed":
                error = reader.BrokenOf(FrameField.Received | FrameField.Token);
                frame = new() { Type = ServerFrameType.Resumed, Received = reader.Received, Token = reader.Token };
                break;
            case "end":
                error = reader.BrokenOf(FrameField.Code, FrameField.Detail);
                frame = error is not null ? default : new()
                {
                    Type = ServerFrameType.End,
                    Code = FrameTexts<EndCode>.TryFind(reader.Code!, out EndCode code) ? code : EndCode.Unknown,
                    Detail = reader.Detail,
                };
                break;
            default:
                RoomEvent? roomEvent = ServerEventJson.Read(reader, utf8, out error);
                frame = roomEvent is null ? default : ServerFrame.Of(roomEvent, reader.Resume);
                break;
        }

        if (error is not null)
            frame = default;
        return error is null;
    }

    private static string TypeOf(in ServerFrame frame) => frame.Type switch
    {
        ServerFrameType.Event => ServerEventJson.TypeOf(frame.Event),
        ServerFrameType.Resumed => "resumed",
        ServerFrameType.Ack => "ack",
        ServerFrameType.Ping => "ping",
        ServerFrameType.Pong => "pong",
        ServerFrameType.End => "end",
        _ => throw new ArgumentException("The frame is none that a server sends.", nameof(frame)),
    };
}
