using System.Text.Json;
using System.Text.Unicode;
using RoomCall.PeerConnections;

namespace RoomCall.Signaling;

/// <summary>Reads one message: a pass over the framework's own tokens that makes the message and its texts and nothing else.</summary>
/// <remarks>
/// <para>Writing is source-generated; reading is not, because no plain form of it reached the aim. For a candidate that takes 248 B as
/// a message with its texts, this reader allocates 248 B; by way of a generated class it is 392 B, of a generated struct, which gets
/// boxed, 576 B, and generated polymorphic records take 392 B for a flat candidate alone. Generated reading also refuses a message for
/// the value of a field that its type does not have, and has no place for the book's two plain texts.</para>
/// <para>An SDP is read where it stands, never twice: scanning its escapes is the most of the work. For that the type is looked up
/// ahead, which costs one token where it stands first, as nearly all senders have it.</para>
/// </remarks>
internal ref struct PeerMessageReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };
    private static readonly PeerMessage GotUserMedia = new PeerMessage.GotUserMedia();
    private static readonly PeerMessage PlainBye = new PeerMessage.Bye();

    // What browsers and the common engines name their m-lines.
    private static readonly string[] CommonIds = ["0", "1", "2", "audio", "video", "data"];
    private const int MaxCommonIdLength = 5;

    private Utf8JsonReader _json;
    private string? _sdp;
    private string? _candidate;
    private string? _id;
    private string? _usernameFragment;
    private string? _reason;
    private int? _label;
    private int? _generation;
    private int? _channel;
    private long? _messages;
    private bool _iceRestart;
    private bool _canRestartIce;
    private bool _closeByMessage;

    private PeerMessageReader(ReadOnlySpan<byte> utf8) => _json = new Utf8JsonReader(utf8, Options);

    /// <summary>Reads a message; either it or the error is null.</summary>
    public static PeerMessage? Read(ReadOnlySpan<byte> utf8, out string? error)
    {
        if (utf8.IsEmpty || utf8.Length > PeerMessageJson.MaxBytes)
        {
            error = utf8.IsEmpty ? PeerMessageRules.Empty : PeerMessageRules.Size;
            return null;
        }

        // The framework's reader checks only the texts that are asked for; this checks all.
        if (!Utf8.IsValid(utf8))
        {
            error = PeerMessageRules.Encoding;
            return null;
        }

        try
        {
            PeerMessage? message = new PeerMessageReader(utf8).Read(out error);
            return error is null ? message : null;
        }
        catch (JsonException broken)
        {
            // Its own message would quote what the peer sent.
            error = $"The message is not one JSON value of at most {Options.MaxDepth} levels: see line {broken.LineNumber + 1}, " +
                $"byte {broken.BytePositionInLine + 1}.";
            return null;
        }
        catch (InvalidOperationException)
        {
            error = PeerMessageRules.Names;
            return null;
        }
    }

    private PeerMessage? Read(out string? error)
    {
        _json.Read();
        PeerMessage? message = null;
        if (_json.TokenType == JsonTokenType.StartObject)
        {
            PeerMessageKind kind = FindKind(_json);
            error = kind == PeerMessageKind.Unknown ? PeerMessageRules.Type : ReadFields(PeerMessageNames.FieldsOf(kind));
            if (error is null)
                message = Make(kind, out error);
        }
        else
        {
            // The book's two texts; the other kinds are objects.
            message = PeerMessageNames.KindOf(ref _json) switch
            {
                PeerMessageKind.GotUserMedia => GotUserMedia,
                PeerMessageKind.Bye => PlainBye,
                _ => null,
            };
            error = message is null ? PeerMessageRules.Form : null;
        }

        // Throws where anything but white space follows.
        if (error is null)
            _json.Read();
        return message;
    }

    /// <summary>Looks ahead for the type on a copy of the reader, which is a value.</summary>
    private static PeerMessageKind FindKind(Utf8JsonReader ahead)
    {
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = PeerMessageNames.FieldOf(ref ahead) == PeerMessageField.Type;
            ahead.Read();
            if (isType)
                return PeerMessageNames.KindOf(ref ahead);
            ahead.Skip();
        }

        return PeerMessageKind.Unknown;
    }

    private string? ReadFields(PeerMessageField wanted)
    {
        PeerMessageField seen = PeerMessageField.None;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            PeerMessageField field = PeerMessageNames.FieldOf(ref _json) & wanted;
            _json.Read();
            if (field == PeerMessageField.None)
            {
                _json.Skip();
                continue;
            }

            // Which of two is meant is anybody's guess, and two parsers that guess differently are a hole.
            if ((seen & field) != PeerMessageField.None)
                return $"The field '{JsonNamingPolicy.CamelCase.ConvertName(field.ToString())}' appears more than once.";
            seen |= field;

            if (_json.TokenType != JsonTokenType.Null && ReadField(field) is { } error)
                return error;
        }

        return null;
    }

    private string? ReadField(PeerMessageField field) => field switch
    {
        PeerMessageField.Sdp => ReadText(out _sdp) ? null : PeerMessageRules.Sdp,
        PeerMessageField.Label => ReadInteger(out _label) ? null : PeerMessageRules.Label,
        PeerMessageField.Id => ReadId(out _id) ? null : PeerMessageRules.Id,
        PeerMessageField.Candidate => ReadText(out _candidate) ? null : PeerMessageRules.Candidate,
        PeerMessageField.Generation => ReadInteger(out _generation) ? null : PeerMessageRules.Generation,
        PeerMessageField.UsernameFragment => ReadText(out _usernameFragment) ? null : PeerMessageRules.UsernameFragment,
        PeerMessageField.IceRestart => ReadTruth(out _iceRestart) ? null : PeerMessageRules.IceRestart,
        PeerMessageField.CanRestartIce => ReadTruth(out _canRestartIce) ? null : PeerMessageRules.CanRestartIce,
        PeerMessageField.CloseByMessage => ReadTruth(out _closeByMessage) ? null : PeerMessageRules.CloseByMessage,
        PeerMessageField.Channel => ReadInteger(out _channel) ? null : PeerMessageRules.Channel,
        PeerMessageField.Messages => ReadCount(out _messages) ? null : PeerMessageRules.Messages,
        PeerMessageField.Reason => ReadText(out _reason) ? null : PeerMessageRules.Reason,
        _ => null,
    };

    private readonly bool ReadText(out string? text)
    {
        text = null;
        if (_json.TokenType != JsonTokenType.String)
            return false;
        try
        {
            text = _json.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: no text in .NET's or the W3C's (USVString) sense.
            return false;
        }
    }

    private readonly bool ReadId(out string? id)
    {
        // Half of a surrogate pair takes six bytes, so that none of these comparisons can meet one and throw.
        if (_json.TokenType == JsonTokenType.String && _json.ValueSpan.Length <= MaxCommonIdLength)
        {
            foreach (string common in CommonIds)
            {
                if (_json.ValueTextEquals(common))
                {
                    id = common;
                    return true;
                }
            }
        }

        return ReadText(out id);
    }

    private readonly bool ReadInteger(out int? number)
    {
        // Asked of any other token, the framework's reader throws.
        if (_json.TokenType == JsonTokenType.Number && _json.TryGetInt32(out int value))
        {
            number = value;
            return true;
        }

        number = null;
        return false;
    }

    private readonly bool ReadCount(out long? number)
    {
        if (_json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out long value))
        {
            number = value;
            return true;
        }

        number = null;
        return false;
    }

    private readonly bool ReadTruth(out bool truth)
    {
        truth = _json.TokenType == JsonTokenType.True;
        return truth || _json.TokenType == JsonTokenType.False;
    }

    private readonly PeerMessage? Make(PeerMessageKind kind, out string? error)
    {
        error = kind switch
        {
            PeerMessageKind.Offer or PeerMessageKind.Answer when _sdp is null => PeerMessageRules.Sdp,
            PeerMessageKind.Candidate when _candidate is null => PeerMessageRules.Candidate,
            PeerMessageKind.CloseChannel when _channel is null => PeerMessageRules.Channel,
            PeerMessageKind.CloseChannel when _messages is null => PeerMessageRules.Messages,
            _ => null,
        };
        if (error is not null)
            return null;

        PeerMessage message = kind switch
        {
            PeerMessageKind.Offer => new PeerMessage.Offer(_sdp!, _generation, _iceRestart, _closeByMessage),
            PeerMessageKind.Answer => new PeerMessage.Answer(_sdp!, _generation, _canRestartIce, _closeByMessage),
            PeerMessageKind.Candidate => new PeerMessage.Candidate(new IceCandidate(_candidate!, _id, _label, _usernameFragment), _generation),
            PeerMessageKind.Restart => new PeerMessage.Restart(_generation),
            PeerMessageKind.CloseChannel => new PeerMessage.CloseChannel(_channel!.Value, _messages!.Value, _generation),
            PeerMessageKind.Bye when _reason is not null => new PeerMessage.Bye(_reason),
            PeerMessageKind.Bye => PlainBye,
            _ => GotUserMedia,
        };
        error = PeerMessageRules.BrokenBy(message);
        return message;
    }
}
