using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RoomCall.Signaling.Protocol;

/// <summary>
/// Reads the fields of one frame in one pass. A <c>payload</c> that comes last, as senders put it, is not looked into: only where it ends is
/// found, so that no peer can break out of it. What a field says is judged when the type is known: <see cref="BrokenOf"/>.
/// </summary>
internal ref struct FrameReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    // Those that come most often first: a type that is known is no new text.
    private static readonly string[] KnownTypes =
    [
        "message", "ack", "create or join", "created", "joined", "join", "log", "park", "bye", "left", "away", "back", "resume", "resumed",
        "error", "end", "full", "ping", "pong",
    ];

    private Utf8JsonReader _json;
    private FrameField _present;
    private FrameField _broken;
    private FrameField _repeated;

    public string? Type;
    public string? Room;
    public string? Name;
    public string? Secret;
    public string? Self;
    public string? Token;
    public string? To;
    public string? From;
    public string? Peer;
    public string? Initiator;
    public string? Reason;
    public string? Code;
    public string? Detail;
    public int Generation;
    public int Parked;
    public long Received;
    public Range Payload;
    public string[]? Peers;
    public string[]? Lines;
    public Dictionary<string, string>? Names;
    public IceServerWire[]? IceServers;
    public ResumeTicket? Resume;

    /// <summary>Reads a frame.</summary>
    /// <returns>Null, or a sentence that says what is wrong.</returns>
    public string? Read(ReadOnlySpan<byte> utf8)
    {
        _json = new Utf8JsonReader(utf8, Options);
        try
        {
            if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
                return FrameRules.Form;

            while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
            {
                FrameField field = FindField();
                if (field == FrameField.Payload && !Has(field) && IsLast(utf8, out Payload))
                {
                    _present |= field;
                    return JudgeType();
                }

                _json.Read();
                ReadField(field);
            }

            if (_json.TokenType != JsonTokenType.EndObject || _json.Read())
                return FrameRules.Form;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or half of a surrogate pair, which is no text.
            return FrameRules.Form;
        }

        return JudgeType();
    }

    public readonly bool Has(FrameField field) => (_present & field) != 0;

    /// <summary>The sentence for the first field of a frame's type that is wrong, or null.</summary>
    /// <param name="required">Fields that must be there.</param>
    /// <param name="optional">Fields that may be there.</param>
    public readonly string? BrokenOf(FrameField required, FrameField optional = FrameField.None)
    {
        if ((_repeated & (required | optional)) != 0)
            return FrameRules.Repeated;

        FrameField wrong = (_broken & (required | optional)) | (required & ~_present);
        return wrong == FrameField.None ? null : FrameRules.For((FrameField)((int)wrong & -(int)wrong));
    }

    private readonly string? JudgeType()
    {
        if ((_repeated & FrameField.Type) != 0)
            return FrameRules.Repeated;

        return Type is null ? FrameRules.Type : null;
    }

    /// <summary>Whether nothing follows the payload but the frame's end.</summary>
    private readonly bool IsLast(ReadOnlySpan<byte> utf8, out Range payload)
    {
        int start = SkipSpace(utf8, (int)_json.BytesConsumed);
        int end = start + PayloadExtent.Find(utf8[start..]);
        payload = start..end;
        int close = SkipSpace(utf8, end);
        return end > start && close < utf8.Length && utf8[close] == (byte)'}' && SkipSpace(utf8, close + 1) == utf8.Length;
    }

    private static int SkipSpace(ReadOnlySpan<byte> utf8, int position)
    {
        while (position < utf8.Length && utf8[position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            position++;
        }

        return position;
    }

    private readonly FrameField FindField()
    {
        // The fields of the frames that come most often first.
        if (_json.ValueTextEquals("type"u8)) return FrameField.Type;
        if (_json.ValueTextEquals("payload"u8)) return FrameField.Payload;
        if (_json.ValueTextEquals("to"u8)) return FrameField.To;
        if (_json.ValueTextEquals("from"u8)) return FrameField.From;
        if (_json.ValueTextEquals("received"u8)) return FrameField.Received;
        if (_json.ValueTextEquals("generation"u8)) return FrameField.Generation;
        if (_json.ValueTextEquals("room"u8)) return FrameField.Room;
        if (_json.ValueTextEquals("self"u8)) return FrameField.Self;
        if (_json.ValueTextEquals("secret"u8)) return FrameField.Secret;
        if (_json.ValueTextEquals("name"u8)) return FrameField.Name;
        if (_json.ValueTextEquals("token"u8)) return FrameField.Token;
        if (_json.ValueTextEquals("peer"u8)) return FrameField.Peer;
        if (_json.ValueTextEquals("peers"u8)) return FrameField.Peers;
        if (_json.ValueTextEquals("initiator"u8)) return FrameField.Initiator;
        if (_json.ValueTextEquals("names"u8)) return FrameField.Names;
        if (_json.ValueTextEquals("iceServers"u8)) return FrameField.IceServers;
        if (_json.ValueTextEquals("resume"u8)) return FrameField.Resume;
        if (_json.ValueTextEquals("reason"u8)) return FrameField.Reason;
        if (_json.ValueTextEquals("parked"u8)) return FrameField.Parked;
        if (_json.ValueTextEquals("lines"u8)) return FrameField.Lines;
        if (_json.ValueTextEquals("code"u8)) return FrameField.Code;
        return _json.ValueTextEquals("detail"u8) ? FrameField.Detail : FrameField.None;
    }

    private void ReadField(FrameField field)
    {
        if (field == FrameField.None || (_json.TokenType == JsonTokenType.Null && field != FrameField.Payload))
        {
            _json.Skip();
            return;
        }

        if (Has(field))
        {
            _repeated |= field;
            _json.Skip();
            return;
        }

        _present |= field;
        bool isRight = field switch
        {
            FrameField.Type => TypeText(out Type),
            FrameField.Payload => Extent(out Payload),
            FrameField.To => Id(out To),
            FrameField.From => Id(out From),
            FrameField.Received => Count(out Received),
            FrameField.Generation => Number(out Generation),
            FrameField.Room => Text(out Room),
            FrameField.Self => Id(out Self),
            FrameField.Secret => Text(out Secret) && SignalingProtocol.IsSecret(Secret),
            FrameField.Name => Text(out Name),
            FrameField.Token => Id(out Token),
            FrameField.Peer => Id(out Peer),
            FrameField.Peers => Value(FrameJsonContext.Default.StringArray, out Peers) && Peers!.All(static peer => !string.IsNullOrEmpty(peer)),
            FrameField.Initiator => Id(out Initiator),
            FrameField.Names => Value(FrameJsonContext.Default.DictionaryStringString, out Names) && Names!.Values.All(static name => name is not null),
            FrameField.IceServers => Value(FrameJsonContext.Default.IceServerWireArray, out IceServers) && IceServers!.All(static server => server is { Urls.Length: > 0 } && !server.Urls.Contains(null)),
            FrameField.Resume => Value(FrameJsonContext.Default.ResumeTicket, out Resume) && Resume is { Token: not "", Seconds: > 0 },
            FrameField.Reason => Text(out Reason),
            FrameField.Parked => Number(out Parked),
            FrameField.Lines => Value(FrameJsonContext.Default.StringArray, out Lines) && Lines!.All(static line => line is not null),
            FrameField.Code => Text(out Code),
            _ => Text(out Detail),
        };
        if (!isRight)
            _broken |= field;
    }

    private bool TypeText(out string? type)
    {
        if (_json.TokenType == JsonTokenType.String)
        {
            foreach (string known in KnownTypes)
            {
                if (_json.ValueTextEquals(known))
                {
                    type = known;
                    return true;
                }
            }
        }

        return Text(out type);
    }

    private bool Text(out string? text)
    {
        if (_json.TokenType == JsonTokenType.String)
        {
            text = _json.GetString();
            return true;
        }

        text = null;
        _json.Skip();
        return false;
    }

    private bool Id(out string? id) => Text(out id) && id!.Length > 0;

    private bool Number(out int number)
    {
        bool isRight = Count(out long count) && count is > 0 and <= int.MaxValue;
        number = isRight ? (int)count : 0;
        return isRight;
    }

    private bool Count(out long count)
    {
        if (_json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out count))
            return count is >= 0 and <= FrameRules.MaxReceived;

        count = 0;
        _json.Skip();
        return false;
    }

    private bool Extent(out Range extent)
    {
        int start = (int)_json.TokenStartIndex;
        _json.Skip();
        extent = start..(int)_json.BytesConsumed;
        return true;
    }

    /// <summary>Reads a value that the framework's compiled reading makes; one of another form is passed over.</summary>
    private bool Value<T>(JsonTypeInfo<T> type, out T? value)
        where T : class
    {
        Utf8JsonReader behind = _json;
        behind.Skip();
        try
        {
            value = JsonSerializer.Deserialize(ref _json, type);
        }
        catch (JsonException)
        {
            value = null;
        }

        _json = behind;
        return value is not null;
    }
}
