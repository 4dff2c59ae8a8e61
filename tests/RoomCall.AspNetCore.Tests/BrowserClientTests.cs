using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RoomCall.AspNetCore.Tests;

/// <summary>The client for the browser comes with the package, and a host serves it.</summary>
public sealed partial class BrowserClientTests
{
    private const string Entry = "/_content/RoomCall.AspNetCore/roomcall.js";

    [Test]
    public async Task UseStaticFiles_serves_the_client_and_all_that_it_imports()
    {
        await using WebApplication host = await StartAsync(application => application.UseStaticFiles());

        await AssertServedAsync(host);
    }

    [Test]
    public async Task MapStaticAssets_serves_the_client_and_all_that_it_imports()
    {
        await using WebApplication host = await StartAsync(application => application.MapStaticAssets());

        await AssertServedAsync(host);
    }

    [Test]
    public async Task A_browser_that_has_the_client_is_told_that_it_has_not_changed()
    {
        await using WebApplication host = await StartAsync(application => application.MapStaticAssets());
        using HttpClient browser = new() { BaseAddress = Address(host) };
        using HttpResponseMessage first = await browser.GetAsync(Entry);
        using HttpRequestMessage again = new(HttpMethod.Get, Entry);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using HttpResponseMessage second = await browser.SendAsync(again);

        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    private static async Task AssertServedAsync(WebApplication host)
    {
        using HttpClient browser = new() { BaseAddress = Address(host) };
        Queue<Uri> wanted = new([new Uri(Address(host), Entry)]);
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
    private static async Task<WebApplication> StartAsync(Action<WebApplication> use)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(BrowserClientTests).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Development",
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseStaticWebAssets();
        WebApplication application = builder.Build();
        use(application);
        try
        {
            await application.StartAsync();
            return application;
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    private static Uri Address(WebApplication host) =>
        new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    [GeneratedRegex(@"^(?:import|export|\})[^;']*?'(?<path>\.{1,2}/[^']+)';", RegexOptions.Multiline)]
    private static partial Regex Import();
}
