using System.Text.Encodings.Web;
using System.Text.Json;

namespace RoomCall.LoadTest.Wire;

/// <summary>Builds whole WebSocket frames with one record of SignalR's hub protocol in JSON each, to be sent as often as one likes.</summary>
internal static class HubFrame
{
    /// <summary>The first, which the server answers.</summary>
    public static readonly byte[] Handshake = Of("""{"protocol":"json","version":1}""");

    /// <summary>Without one in 30 seconds the server takes a silent client for gone.</summary>
    public static readonly byte[] Ping = Of("""{"type":6}""");

    /// <param name="json">The record.</param>
    public static byte[] Of(string json) => ClientFrame.OfText(json + (char)HubRecord.Separator);

    /// <summary>A text as a JSON string, escaped no more than browsers do.</summary>
    public static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
