using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RoomCall.Samples.Tests;

public class SignalingServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Test]
    public async Task It_is_healthy_and_stops_when_the_system_says_so()
    {
        await using RoomServer server = await RoomServer.StartAsync();
        using HttpClient http = new();

        string health = await http.GetStringAsync(new Uri(server.Http, "/health"));
        SampleResult result = await server.StopAsync();

        Assert.That(health, Is.EqualTo("Healthy"));
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(result.Output, Does.Contain("for everybody."));
    }

    [TestCase("RoomCall__MaxFrameBytes", "1", "Set MaxFrameBytes to 1 KiB at least and 16 MiB at most.")]
    [TestCase("RoomCall__ResumeTimes", "00:00:01", "'ResumeTimes'")]
    [TestCase("RoomCall__Rooms__Capacity", "1", "Set RoomBrokerOptions.Capacity to 2 at least")]
    [TestCase("RoomCall__AllowedOrigins__0", "example.org", "'example.org' in AllowedOrigins is no origin")]
    [TestCase("Authorization__Key", "short", "Set Authorization:Key to a secret of 32 bytes at least")]
    public async Task A_setting_that_is_wrong_stops_the_start_with_a_sentence(string name, string value, string sentence)
    {
        await using RunningSample server = RunningSample.Start("SignalingServer", ["--urls", "http://127.0.0.1:0"], RoomServer.AtHome, (name, value));

        SampleResult result = await server.EndAsync();

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.ErrorLines.First(), Does.Contain(sentence));
        Assert.That(result.Error, Does.Not.Contain("   at "));
    }

    [Test]
    public async Task An_address_that_is_taken_stops_the_start_with_a_sentence()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string url = $"http://{other.LocalEndpoint}";
        await using RunningSample server = RunningSample.Start("SignalingServer", ["--urls", url], RoomServer.AtHome);

        SampleResult result = await server.EndAsync();

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("address already in use"));
    }

    [Test]
    public async Task It_sends_its_metrics_where_OpenTelemetry_is_told_to()
    {
        using HttpListener collector = new();
        string address = $"http://127.0.0.1:{FreePort()}/";
        collector.Prefixes.Add(address);
        collector.Start();
        await using RoomServer server = await RoomServer.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"));
        await using RunningSample alice = RunningSample.Start("ConsoleCall", ["--server", server.Address, "--room", "lobby"]);

        // protobuf keeps texts as they are
        string metrics = "";
        while (!metrics.Contains("roomcall.server.members", StringComparison.Ordinal))
        {
            HttpListenerContext request = await collector.GetContextAsync().WaitAsync(Patience);
            using StreamReader body = new(request.Request.InputStream, Encoding.Latin1);
            metrics = request.Request.Url!.AbsolutePath == "/v1/metrics" ? await body.ReadToEndAsync() : "";
            request.Response.Close();
        }

        Assert.That(metrics, Does.Contain("roomcall-signaling").And.Contain("roomcall.server.connections"));
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
