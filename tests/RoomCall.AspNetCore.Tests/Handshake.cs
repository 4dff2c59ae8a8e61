using System.Net;
using System.Net.Http.Headers;

namespace RoomCall.AspNetCore.Tests;

/// <summary>What the server answers to a handshake that is written by hand.</summary>
internal sealed record Handshake(HttpStatusCode Status, string? SubProtocol, string? Upgrade, string Text)
{
    public static async Task<Handshake> TryAsync(RoomHost host, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(host.Http, "/room"));
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        return await SendAsync(request);
    }

    /// <summary>Asks as a browser does for a page.</summary>
    public static async Task<Handshake> GetAsync(RoomHost host)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(host.Http, "/room"));
        return await SendAsync(request);
    }

    private static async Task<Handshake> SendAsync(HttpRequestMessage request)
    {
        using HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        bool isUp = response.StatusCode == HttpStatusCode.SwitchingProtocols;
        return new Handshake(
            response.StatusCode,
            response.Headers.TryGetValues("Sec-WebSocket-Protocol", out IEnumerable<string>? versions) ? string.Join(", ", versions) : null,
            response.Headers.Upgrade.ToString(),
            isUp ? "" : await response.Content.ReadAsStringAsync());
    }
}
