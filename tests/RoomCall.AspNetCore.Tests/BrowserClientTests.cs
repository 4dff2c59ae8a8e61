using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace RoomCall.AspNetCore.Tests;

/// <summary>The client for the browser comes with the package, and a host serves it.</summary>
public sealed partial class BrowserClientTests
{
    private const string Entry = "/_content/RoomCall.AspNetCore/roomcall.js";

    [Test]
    public async Task UseStaticFiles_serves_the_client_and_all_that_it_imports()
    {
        await using RoomHost host = await StartAsync(application => application.UseStaticFiles());

        await AssertServedAsync(host);
    }

    [Test]
    public async Task MapStaticAssets_serves_the_client_and_all_that_it_imports()
    {
        await using RoomHost host = await StartAsync(application => application.MapStaticAssets());

        await AssertServedAsync(host);
    }

    [Test]
    public async Task A_browser_that_has_the_client_is_told_that_it_has_not_changed()
    {
        await using RoomHost host = await StartAsync(application => application.MapStaticAssets());
        using HttpClient browser = new() { BaseAddress = host.Http };
        using HttpResponseMessage first = await browser.GetAsync(Entry);
        using HttpRequestMessage again = new(HttpMethod.Get, Entry);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using HttpResponseMessage second = await browser.SendAsync(again);

        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    private static async Task AssertServedAsync(RoomHost host)
    {
        using HttpClient browser = new() { BaseAddress = host.Http };
        Queue<Uri> wanted = new([new Uri(host.Http, Entry)]);
        HashSet<Uri> seen = [.. wanted];
        while (wanted.TryDequeue(out Uri? module))
        {
            using HttpResponseMessage answer = await browser.GetAsync(module);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), module.AbsolutePath);
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/javascript"), module.AbsolutePath);
            foreach (Match import in Import().Matches(await answer.Content.ReadAsStringAsync()))
            {
                Uri imported = new(module, import.Groups["path"].Value);
                if (seen.Add(imported))
                {
                    wanted.Enqueue(imported);
                }
            }
        }

        Assert.That(seen, Has.Count.GreaterThan(20));
    }

    // As under `dotnet run`: static web assets are found where they were built, by the manifest of this project.
    private static Task<RoomHost> StartAsync(Action<WebApplication> use) => RoomHost.StartAsync(
        build: builder =>
        {
            builder.Environment.ApplicationName = typeof(BrowserClientTests).Assembly.GetName().Name!;
            builder.WebHost.UseStaticWebAssets();
        },
        use: use);

    [GeneratedRegex(@"^(?:import|export|\})[^;']*?'(?<path>\.{1,2}/[^']+)';", RegexOptions.Multiline)]
    private static partial Regex Import();
}
