using Microsoft.AspNetCore.Http;

namespace RoomCall.AspNetCore;

/// <summary>Which pages may connect. A browser lets any page open a WebSocket to any server and only tells the page's origin, so the
/// server has to look (RFC 6455, section 10.2).</summary>
internal static class Origins
{
    public static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? origin)
        && origin.Host.Length > 0
        && text.TrimEnd('/') == origin.GetLeftPart(UriPartial.Authority);

    /// <summary>Whether a request may connect: it comes from no page, from a page of this server, or from one that is allowed.</summary>
    public static bool IsAllowed(HttpRequest request, IList<string> allowed)
    {
        string? origin = request.Headers.Origin;
        if (string.IsNullOrEmpty(origin) || IsSame(origin, request))
            return true;

        foreach (string other in allowed)
        {
            if (other == "*" || string.Equals(other.TrimEnd('/'), origin, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // By host and port: behind a proxy that ends TLS, the scheme that arrives here is not the page's.
    private static bool IsSame(string origin, HttpRequest request)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out Uri? page))
            return false;

        HostString host = request.Host;
        return string.Equals(page.Host, host.Host, StringComparison.OrdinalIgnoreCase)
            && (host.Port is { } port ? page.Port == port : page.IsDefaultPort);
    }
}
