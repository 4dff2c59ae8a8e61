using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace RoomCall.AspNetCore.Tests.Hostile;

/// <summary>Requests that are refused before there is a WebSocket.</summary>
public sealed class HandshakeTests : HostileTests
{
    [TestCase("http://evil.example", false)]
    [TestCase("https://evil.example:443", false)]
    [TestCase("null", false)]
    [TestCase("file://", false)]
    [TestCase("nonsense", false)]
    [TestCase("http://127.0.0.1", false, TestName = "A_page_of_another_port_may_not_connect")]
    [TestCase("http://127.0.0.1:{port}.evil.example", false)]
    [TestCase("http://evil.example, http://127.0.0.1:{port}", false)]
    [TestCase("http://127.0.0.1:{port}@evil.example", false)]
    [TestCase("http://127.0.0.1:{port}", true)]
    [TestCase("https://app.example.org", true)]
    [TestCase("https://app.example.org.evil.example", false)]
    public async Task A_page_of_a_foreign_origin_may_not_connect(string origin, bool isAllowed)
    {
        await StartAsync(options => options.AllowedOrigins.Add("https://app.example.org"));
        using HostileSocket socket = await HostileSocket.ConnectAsync(Host.Endpoint);

        await socket.WriteAsync(HostileSocket.Handshake(Host.Endpoint, $"Origin: {origin.Replace("{port}", $"{Host.Http.Port}", StringComparison.Ordinal)}\r\n"));

        Assert.That(await socket.ReadHeadAsync(), Does.StartWith(isAllowed ? "HTTP/1.1 101" : "HTTP/1.1 403"));
    }

    [Test]
    public async Task Two_origins_are_foreign()
    {
        await StartAsync();
        using HostileSocket socket = await HostileSocket.ConnectAsync(Host.Endpoint);

        await socket.WriteAsync(HostileSocket.Handshake(Host.Endpoint, $"Origin: http://{Host.Http.Authority}\r\nOrigin: http://evil.example\r\n"));

        Assert.That(await socket.ReadHeadAsync(), Does.StartWith("HTTP/1.1 403"));
    }

    [TestCase(null, HttpStatusCode.Unauthorized)]
    [TestCase("Bearer ", HttpStatusCode.Unauthorized)]
    [TestCase("Bearer of bad news", HttpStatusCode.Unauthorized)]
    [TestCase("Basic alice", HttpStatusCode.Unauthorized)]
    [TestCase("Bearer user:alice", HttpStatusCode.SwitchingProtocols)]
    public async Task One_without_a_token_may_not_connect_where_authorization_is_required(string? authorization, HttpStatusCode expected)
    {
        await StartAsync(build: AddBearer, convention: endpoint => endpoint.RequireAuthorization(), withOthers: false);
        using HostileSocket socket = await HostileSocket.ConnectAsync(Host.Endpoint);

        await socket.WriteAsync(HostileSocket.Handshake(Host.Endpoint, authorization is null ? "" : $"Authorization: {authorization}\r\n"));

        Assert.That(await socket.ReadHeadAsync(), Does.StartWith($"HTTP/1.1 {(int)expected}"));
        Assert.That(Host.Server.ConnectionCount, Is.LessThanOrEqualTo(expected == HttpStatusCode.SwitchingProtocols ? 1 : 0));
    }

    [Test]
    public async Task A_request_that_is_no_WebSocket_is_told_so()
    {
        await StartAsync();
        using HttpClient http = new() { BaseAddress = Host.Http };

        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete])
        {
            using HttpRequestMessage request = new(method, "/room");
            using HttpResponseMessage response = await http.SendAsync(request);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UpgradeRequired));
        }
    }

    [TestCase("12", "dGhlIHNhbXBsZSBub25jZQ==", "", TestName = "A_handshake_of_another_version_is_refused")]
    [TestCase("13", "c2hvcnQ=", "", TestName = "A_handshake_with_a_short_key_is_refused")]
    [TestCase("13", "", "", TestName = "A_handshake_without_a_key_is_refused")]
    [TestCase("13", "dGhlIHNhbXBsZSBub25jZQ==", "Content-Length: 5\r\n", TestName = "A_handshake_with_a_body_is_refused")]
    [TestCase("13", "dGhlIHNhbXBsZSBub25jZQ==", "Transfer-Encoding: chunked\r\n", TestName = "A_handshake_with_chunks_is_refused")]
    [TestCase("13", "dGhlIHNhbXBsZSBub25jZQ==", "Host: other\r\n", TestName = "A_handshake_with_two_hosts_is_refused")]
    public async Task A_handshake_that_is_none_is_refused(string version, string key, string more)
    {
        await StartAsync();
        using HostileSocket socket = await HostileSocket.ConnectAsync(Host.Endpoint);

        await socket.WriteAsync(HostileSocket.Handshake(Host.Endpoint, more, version, key));

        Assert.That(await socket.ReadHeadAsync(), Does.StartWith("HTTP/1.1 4"));
        await AllGoneAsync();
    }

    [TestCase("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03 not HTTP at all\r\n\r\n")]
    [TestCase("GET /room HTTP/1.1\r\nHost: x\r\n no header\r\n\r\n")]
    [TestCase("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    public async Task Bytes_that_are_no_request_are_refused(string bytes)
    {
        await StartAsync();
        using HostileSocket socket = await HostileSocket.ConnectAsync(Host.Endpoint);

        await socket.WriteAsync(System.Text.Encoding.Latin1.GetBytes(bytes));
        socket.HalfClose();
        string answer = await socket.ReadHeadAsync();

        Assert.That(answer, Does.StartWith("HTTP/1.1 4").Or.Empty.Or.Not.Contains("101"));
    }

    [Test]
    public async Task Half_a_handshake_is_waited_for_only_as_long_as_the_web_server_is_set_to()
    {
        await StartAsync(build: builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(1)));
        using HostileSocket socket = await HostileSocket.ConnectAsync(Host.Endpoint);

        await socket.WriteAsync(HostileSocket.Handshake(Host.Endpoint)[..60]);

        Assert.That(await socket.ReadHeadAsync(), Does.StartWith("HTTP/1.1 408"));
    }

    [Test]
    public async Task A_client_that_knows_no_version_of_this_server_is_refused()
    {
        await StartAsync();
        using HostileSocket socket = await HostileSocket.ConnectAsync(Host.Endpoint);

        await socket.WriteAsync(HostileSocket.Handshake(Host.Endpoint).Replace("roomcall.v1", "roomcall.v2, chat", StringComparison.Ordinal));

        Assert.That(await socket.ReadHeadAsync(), Does.StartWith("HTTP/1.1 400"));
    }

    private static void AddBearer(WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication("bearer").AddScheme<AuthenticationSchemeOptions, TestBearer>("bearer", null);
        builder.Services.AddAuthorization();
    }
}
