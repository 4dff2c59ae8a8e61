using System.Net;

namespace RoomCall.AspNetCore.Tests;

/// <summary>Which pages may connect (RFC 6455, section 10.2).</summary>
public sealed class OriginTests
{
    private const HttpStatusCode Up = HttpStatusCode.SwitchingProtocols;
    private const HttpStatusCode Refused = HttpStatusCode.Forbidden;

    // The proxy ends TLS: the page's scheme is https, and the request that arrives here is of http.
    [TestCase("rooms.example.org", "https://rooms.example.org", Up)]
    [TestCase("rooms.example.org", "http://rooms.example.org", Up)]
    [TestCase("rooms.example.org", "https://ROOMS.example.org", Up)]
    [TestCase("rooms.example.org:8443", "https://rooms.example.org:8443", Up)]
    [TestCase("rooms.example.org", "https://rooms.example.org:8443", Refused)]
    [TestCase("rooms.example.org:8443", "https://rooms.example.org", Refused)]
    [TestCase("rooms.example.org", "https://example.org", Refused)]
    [TestCase("rooms.example.org", "https://rooms.example.org.evil.example", Refused)]
    [TestCase("rooms.example.org", "null", Refused)]
    [TestCase("rooms.example.org", "rooms.example.org", Refused)]
    public async Task A_page_of_the_server_itself_may_connect_and_no_other(string host, string origin, HttpStatusCode expected)
    {
        await using RoomHost server = await RoomHost.StartAsync();

        Handshake answer = await Handshake.TryAsync(server, ("Host", host), ("Origin", origin));

        Assert.That(answer.Status, Is.EqualTo(expected));
    }

    [Test]
    public async Task One_that_is_refused_reads_which_option_would_let_it_in()
    {
        await using RoomHost server = await RoomHost.StartAsync();

        Handshake answer = await Handshake.TryAsync(server, ("Origin", "https://evil.example"));

        Assert.That(answer.Text, Does.Contain("RoomCallServerOptions.AllowedOrigins"));
        Assert.That(answer.Text, Does.Not.Contain("evil"));
    }

    [TestCase("https://app.example.org", Up)]
    [TestCase("https://APP.example.org", Up)]
    [TestCase("https://other.example.org:444", Up)]
    [TestCase("http://app.example.org", Refused)]
    [TestCase("https://app.example.org:444", Refused)]
    [TestCase("https://other.example.org", Refused)]
    public async Task Pages_that_are_allowed_may_connect_too(string origin, HttpStatusCode expected)
    {
        await using RoomHost server = await RoomHost.StartAsync(options =>
        {
            options.AllowedOrigins.Add("https://app.example.org");
            options.AllowedOrigins.Add("https://other.example.org:444/");
        });

        Handshake answer = await Handshake.TryAsync(server, ("Origin", origin));

        Assert.That(answer.Status, Is.EqualTo(expected));
    }

    [TestCase("https://anywhere.example")]
    [TestCase("null")]
    public async Task A_star_allows_all(string origin)
    {
        await using RoomHost server = await RoomHost.StartAsync(options => options.AllowedOrigins.Add("*"));

        Handshake answer = await Handshake.TryAsync(server, ("Origin", origin));

        Assert.That(answer.Status, Is.EqualTo(Up));
    }

    [Test]
    public async Task A_program_that_is_no_browser_sends_no_origin_and_may_connect()
    {
        await using RoomHost server = await RoomHost.StartAsync();

        Handshake answer = await Handshake.TryAsync(server);

        Assert.That(answer.Status, Is.EqualTo(Up));
    }
}
