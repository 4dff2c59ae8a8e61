using System.Text;
using System.Text.Json;

namespace RoomCall.LoadTest.Wire;

/// <summary>One record of SignalR's hub protocol in JSON, as its server writes it: without white space, and the type first.</summary>
internal readonly ref struct HubRecord
{
    /// <summary>Ends each record.</summary>
    public const byte Separator = 0x1E;

    private HubRecord(HubRecordKind kind, ReadOnlySpan<byte> json)
    {
        Kind = kind;
        Json = json;
    }

    public HubRecordKind Kind { get; }

    public ReadOnlySpan<byte> Json { get; }

    /// <summary>Takes the first record off a message, which has one or more.</summary>
    /// <returns>False: there is none left.</returns>
    public static bool TryTake(ref ReadOnlySpan<byte> message, out HubRecord record)
    {
        record = default;
        if (message.IsEmpty) return false;
        int length = message.IndexOf(Separator);
        if (length < 0) throw Unexpected(message);
        record = new HubRecord(KindOf(message[..length]), message[..length]);
        message = message[(length + 1)..];
        return true;
    }

    /// <summary>Reads the JSON string that stands between two parts of the record which are always the same.</summary>
    /// <param name="before">What the record begins with.</param>
    /// <param name="after">What it ends with.</param>
    /// <param name="buffer">Grows to the longest text.</param>
    /// <returns>The text, in UTF-8 in <paramref name="buffer"/>.</returns>
    public ReadOnlySpan<byte> ReadText(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, ref byte[] buffer)
    {
        if (!Json.StartsWith(before) || !Json.EndsWith(after)) throw Unexpected(Json);
        Utf8JsonReader reader = new(Json[before.Length..^after.Length]);
        reader.Read();
        if (buffer.Length < Json.Length) buffer = new byte[Json.Length];
        return buffer.AsSpan(0, reader.CopyString(buffer));
    }

    /// <summary>What is thrown at a record that has no place here.</summary>
    public InvalidDataException Unexpected() => Unexpected(Json);

    private static HubRecordKind KindOf(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> type = """{"type":"""u8;
        if (json.SequenceEqual("{}"u8)) return HubRecordKind.Handshake;
        return json.StartsWith(type) && json.Length > type.Length ? (HubRecordKind)(json[type.Length] - '0') : throw Unexpected(json);
    }

    private static InvalidDataException Unexpected(ReadOnlySpan<byte> json) => new($"The server sent {Encoding.UTF8.GetString(json)}.");
}
