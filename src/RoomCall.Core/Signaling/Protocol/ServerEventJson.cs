using System.Collections.Immutable;
using System.Text.Json;
using RoomCall.PeerConnections;

namespace RoomCall.Signaling.Protocol;

/// <summary>The fields of those frames that tell a <see cref="RoomEvent"/>.</summary>
internal static class ServerEventJson
{
    private const FrameField Answer = FrameField.Room | FrameField.Self;
    private const FrameField AnswerOptions = FrameField.IceServers | FrameField.Resume;

    public static string TypeOf(RoomEvent? roomEvent) => roomEvent switch
    {
        RoomEvent.Message => "message",
        RoomEvent.Created => "created",
        RoomEvent.Joined => "joined",
        RoomEvent.Full => "full",
        RoomEvent.Join => "join",
        RoomEvent.Left => "left",
        RoomEvent.Away => "away",
        RoomEvent.Back => "back",
        RoomEvent.Log => "log",
        RoomEvent.Error => "error",
        _ => throw new ArgumentException("The event is none that a server sends.", nameof(roomEvent)),
    };

    public static void Write(Utf8JsonWriter json, RoomEvent roomEvent, ResumeTicket? resume)
    {
        switch (roomEvent)
        {
            case RoomEvent.Message message:
                json.WriteString("from"u8, message.From);
                FrameWriter.Payload(json, message.Payload.Span);
                break;
            case RoomEvent.Created created:
                json.WriteString("room"u8, created.Room);
                json.WriteString("self"u8, created.Self);
                WriteAnswer(json, created.IceServers, resume);
                break;
            case RoomEvent.Joined joined:
                json.WriteString("room"u8, joined.Room);
                json.WriteString("self"u8, joined.Self);
                WriteTexts(json, "peers"u8, joined.Peers);
                json.WriteString("initiator"u8, joined.Initiator);
                WriteNames(json, joined.Names);
                WriteAnswer(json, joined.IceServers, resume);
                break;
            case RoomEvent.Full full:
                json.WriteString("room"u8, full.Room);
                break;
            case RoomEvent.Join join:
                json.WriteString("peer"u8, join.Peer);
                json.WriteString("initiator"u8, join.Initiator);
                FrameWriter.Optional(json, "name"u8, join.Name);
                if (join.Parked is { } parked)
                    json.WriteNumber("parked"u8, parked);
                break;
            case RoomEvent.Left left:
                json.WriteString("peer"u8, left.Peer);
                json.WriteString("reason"u8, FrameTexts<PeerLeftReason>.Of(left.Reason));
                json.WriteString("initiator"u8, left.Initiator);
                break;
            case RoomEvent.Away away:
                json.WriteString("peer"u8, away.Peer);
                break;
            case RoomEvent.Back back:
                json.WriteString("peer"u8, back.Peer);
                break;
            case RoomEvent.Log log:
                WriteTexts(json, "lines"u8, log.Lines);
                break;
            case RoomEvent.Error error:
                json.WriteString("code"u8, FrameTexts<RoomErrorCode>.Of(error.Code));
                json.WriteString("detail"u8, error.Detail);
                break;
        }
    }

    /// <summary>Makes the event of a frame; null with no error for a type that this version does not know.</summary>
    public static RoomEvent? Read(in FrameReader frame, ReadOnlyMemory<byte> utf8, out string? error)
    {
        error = frame.Type switch
        {
            "message" => frame.BrokenOf(FrameField.From | FrameField.Payload),
            "created" => frame.BrokenOf(Answer, AnswerOptions),
            "joined" => frame.BrokenOf(Answer | FrameField.Peers | FrameField.Initiator, AnswerOptions | FrameField.Names),
            "full" => frame.BrokenOf(FrameField.Room),
            "join" => frame.BrokenOf(FrameField.Peer | FrameField.Initiator, FrameField.Name | FrameField.Parked),
            "left" => frame.BrokenOf(FrameField.Peer | FrameField.Reason | FrameField.Initiator),
            "away" or "back" => frame.BrokenOf(FrameField.Peer),
            "log" => frame.BrokenOf(FrameField.Lines),
            "error" => frame.BrokenOf(FrameField.Code, FrameField.Detail),
            _ => null,
        };
        if (error is not null)
            return null;

        switch (frame.Type)
        {
            case "message": return new RoomEvent.Message(frame.From!, utf8[frame.Payload]);
            case "created": return new RoomEvent.Created(frame.Room!, frame.Self!, IceServers(frame.IceServers));
            case "joined":
                return new RoomEvent.Joined(frame.Room!, frame.Self!, frame.Peers!, frame.Initiator!, IceServers(frame.IceServers))
                {
                    Names = frame.Names is { } names ? names : ImmutableDictionary<string, string>.Empty,
                };
            case "full": return new RoomEvent.Full(frame.Room!);
            case "join":
                return new RoomEvent.Join(frame.Peer!, frame.Initiator!)
                {
                    Name = frame.Name,
                    Parked = frame.Has(FrameField.Parked) ? frame.Parked : null,
                };
            case "left" when FrameTexts<PeerLeftReason>.TryFind(frame.Reason!, out PeerLeftReason reason):
                return new RoomEvent.Left(frame.Peer!, reason, frame.Initiator!);
            case "left":
                error = FrameRules.For(FrameField.Reason);
                return null;
            case "away": return new RoomEvent.Away(frame.Peer!);
            case "back": return new RoomEvent.Back(frame.Peer!);
            case "log": return new RoomEvent.Log(frame.Lines!);
            case "error":
                return new RoomEvent.Error(
                    FrameTexts<RoomErrorCode>.TryFind(frame.Code!, out RoomErrorCode code) ? code : RoomErrorCode.Other, frame.Detail ?? "");
            default: return null;
        }
    }

    private static void WriteAnswer(Utf8JsonWriter json, IReadOnlyList<IceServer> iceServers, ResumeTicket? resume)
    {
        if (iceServers.Count > 0)
        {
            json.WritePropertyName("iceServers"u8);
            IceServerWire[] wire = [.. iceServers.Select(server => new IceServerWire([.. server.Urls], server.Username, server.Credential))];
            JsonSerializer.Serialize(json, wire, FrameJsonContext.Default.IceServerWireArray);
        }

        if (resume is not null)
        {
            json.WritePropertyName("resume"u8);
            JsonSerializer.Serialize(json, resume, FrameJsonContext.Default.ResumeTicket);
        }
    }

    private static void WriteNames(Utf8JsonWriter json, IReadOnlyDictionary<string, string> names)
    {
        if (names.Count == 0)
            return;

        json.WriteStartObject("names"u8);
        foreach ((string peer, string name) in names)
        {
            json.WriteString(peer, name);
        }

        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static IceServer[] IceServers(IceServerWire[]? wire) =>
        wire is null ? [] : [.. wire.Select(server => new IceServer(server.Urls, server.Username, server.Credential))];
}
