using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace RoomCall.Signaling.Protocol;

/// <summary>The JSON of a <see cref="ClientFrame"/>. Safe for concurrent use. What <see cref="Encode"/> writes, <see cref="TryDecode"/> takes.</summary>
public static class ClientFrameJson
{
    /// <summary>Writes a frame.</summary>
    /// <param name="frame">The frame; its payload, if it has one, is one JSON value in UTF-8, which is not looked at.</param>
    /// <returns>One JSON object in UTF-8.</returns>
    /// <exception cref="ArgumentException">The frame lacks what its type needs.</exception>
    public static byte[] Encode(in ClientFrame frame)
    {
        using FrameWriter writer = FrameWriter.Begin(TypeOf(frame.Type));
        Utf8JsonWriter json = writer.Json;
        switch (frame.Type)
        {
            case ClientFrameType.CreateOrJoin:
                json.WriteString("room"u8, FrameWriter.Required(frame.Room, nameof(frame.Room)));
                FrameWriter.Optional(json, "name"u8, frame.Name);
                FrameWriter.Optional(json, "secret"u8, frame.Secret);
                break;

            case ClientFrameType.Resume:
                json.WriteString("room"u8, FrameWriter.Required(frame.Room, nameof(frame.Room)));
                json.WriteString("self"u8, FrameWriter.Required(frame.Self, nameof(frame.Self)));
                json.WriteString("token"u8, FrameWriter.Required(frame.Token, nameof(frame.Token)));
                json.WriteNumber("received"u8, frame.Received);
                break;

            case ClientFrameType.Message:
                FrameWriter.Optional(json, "to"u8, frame.To);
                FrameWriter.Payload(json, frame.Payload.Span);
                break;

            case ClientFrameType.Park:
                json.WriteNumber("generation"u8, frame.Generation);
                FrameWriter.Payload(json, frame.Payload.Span);
                break;

            case ClientFrameType.Ack:
                json.WriteNumber("received"u8, frame.Received);
                break;
        }

        return writer.End();
    }

    /// <summary>Reads what a client sent. It throws nothing, whatever the bytes are.</summary>
    /// <param name="utf8">One JSON object in UTF-8; a payload in <paramref name="frame"/> is a part of it.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="error">A sentence that says what is wrong and holds nothing of what was sent; null when all is well.</param>
    /// <returns>Whether it is a frame of a client.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> utf8, out ClientFrame frame, [NotNullWhen(false)] out string? error)
    {
        frame = default;
        FrameReader reader = default;
        error = reader.Read(utf8.Span);
        if (error is not null)
            return false;

        if (!TryFindType(reader.Type!, out ClientFrameType type))
        {
            error = FrameRules.Type;
            return false;
        }

        error = type switch
        {
            ClientFrameType.CreateOrJoin => reader.BrokenOf(FrameField.Room, FrameField.Name | FrameField.Secret),
            ClientFrameType.Resume => reader.BrokenOf(FrameField.Room | FrameField.Self | FrameField.Token | FrameField.Received),
            ClientFrameType.Message => reader.BrokenOf(FrameField.Payload, FrameField.To),
            ClientFrameType.Park => reader.BrokenOf(FrameField.Payload | FrameField.Generation),
            ClientFrameType.Ack => reader.BrokenOf(FrameField.Received),
            _ => null,
        };
        if (error is not null)
            return false;

        frame = type switch
        {
            ClientFrameType.CreateOrJoin => new() { Type = type, Room = reader.Room, Name = reader.Name, Secret = reader.Secret },
            ClientFrameType.Resume => new() { Type = type, Room = reader.Room, Self = reader.Self, Token = reader.Token, Received = reader.Received },
            ClientFrameType.Message => new() { Type = type, To = reader.To, Payload = utf8[reader.Payload] },
            ClientFrameType.Park => new() { Type = type, Generation = reader.Generation, Payload = utf8[reader.Payload] },
            ClientFrameType.Ack => new() { Type = type, Received = reader.Received },
            _ => new() { Type = type },
        };
        return true;
    }

    private static string TypeOf(ClientFrameType type) => type switch
    {
        ClientFrameType.CreateOrJoin => "create or join",
        ClientFrameType.Resume => "resume",
        ClientFrameType.Message => "message",
        ClientFrameType.Park => "park",
        ClientFrameType.Bye => "bye",
        ClientFrameType.Ack => "ack",
        ClientFrameType.Ping => "ping",
        ClientFrameType.Pong => "pong",
        _ => throw new ArgumentException("The frame's type is none of the enum's values.", nameof(type)),
    };

    private static bool TryFindType(string text, out ClientFrameType type)
    {
        (bool isKnown, type) = text switch
        {
            "message" => (true, ClientFrameType.Message),
            "ack" => (true, ClientFrameType.Ack),
            "create or join" => (true, ClientFrameType.CreateOrJoin),
            "resume" => (true, ClientFrameType.Resume),
            "park" => (true, ClientFrameType.Park),
            "bye" => (true, ClientFrameType.Bye),
            "ping" => (true, ClientFrameType.Ping),
            "pong" => (true, ClientFrameType.Pong),
            _ => (false, default),
        };
        return isKnown;
    }
}
