using System.Text.Json;

namespace RoomCall.Signaling.Links;

/// <summary>What a frame may carry. The server refuses the rest; here it is refused where the fault is, and cannot break out of its
/// frame.</summary>
internal static class OutgoingPayload
{
    // One less than a frame may have, in which it stands one level deep.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 63 };

    public static bool IsJson(ReadOnlySpan<byte> payload)
    {
        Utf8JsonReader json = new(payload, Options);
        try
        {
            if (!json.Read())
            {
                return false;
            }

            json.Skip();
            return !json.Read() && System.Text.Unicode.Utf8.IsValid(payload);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
