using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace RoomCall.Repository;

[NonParallelizable]
public class PackageTests
{
    private static readonly string[] Packages =
    [
        "RoomCall.Core", "RoomCall.Server", "RoomCall.InMemory", "RoomCall.AspNetCore", "RoomCall.WebSockets", "RoomCall.SignalR",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private string _folder = "";

    private string Feed => Path.Combine(_folder, "feed");

    [OneTimeSetUp]
    public async Task PackAsync()
    {
        _folder = Directory.CreateTempSubdirectory("roomcall-").FullName;
        foreach (string package in Packages)
        {
            await DotNetAsync(RepositoryFiles.Root, "pack", RepositoryFiles.Path("src", package), "-c", "Release", "--no-restore", "-p:ContinuousIntegrationBuild=true", "-o", Feed);
        }
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    /// <summary>As a user has it: outside the repository, with nothing of ours but the packages.</summary>
    [Test]
    public async Task The_program_of_the_readme_runs_against_the_packages_alone()
    {
        string program = Path.Combine(_folder, "program");
        Directory.CreateDirectory(program);
        File.Copy(RepositoryFiles.Path("samples", "MinimalCall", "Program.cs"), Path.Combine(program, "Program.cs"));
        await File.WriteAllTextAsync(Path.Combine(program, "Program.csproj"), Project(Feed));
        string output = await DotNetAsync(program, "run");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Contain("Alice says: Hello, Bob!"));
            Assert.That(output, Does.Contain("Bob is Waiting, initiator: True"));
            Assert.That(File.ReadAllText(Path.Combine(_folder, "packages", "roomcall.core", Version, ".nupkg.metadata")), Does.Contain("feed"), "ours, not the published one");
        }
    }

    [Test]
    public void A_package_does_not_tell_where_it_was_built_and_has_its_symbols()
    {
        Assert.That(Directory.GetFiles(Feed, "*.snupkg"), Has.Length.EqualTo(Packages.Length));
        Assert.That(FilesThatNameTheRepository(Feed), Is.Empty);
    }

    [TestCase("RoomCall.Core", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "System.Reactive")]
    [TestCase("RoomCall.Server", "Microsoft.Extensions.Logging.Abstractions", "RoomCall.Core")]
    [TestCase("RoomCall.InMemory", "RoomCall.Core", "RoomCall.Server")]
    [TestCase("RoomCall.WebSockets", "RoomCall.Core")]
    [TestCase("RoomCall.SignalR", "Microsoft.AspNetCore.SignalR.Client.Core", "RoomCall.Core")]
    [TestCase("RoomCall.AspNetCore", "framework Microsoft.AspNetCore.App", "RoomCall.Core", "RoomCall.Server")]
    public void A_package_asks_of_its_users_no_more_than_this(string package, params string[] needs)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(Feed, $"{package}.{Version}.nupkg"));
        using Stream specification = archive.GetEntry($"{package}.nuspec")!.Open();
        XElement[] all = [.. XDocument.Load(specification).Descendants()];

        Assert.That(
            all.Where(element => element.Name.LocalName == "dependency").Select(element => (string)element.Attribute("id")!)
                .Concat(all.Where(element => element.Name.LocalName == "frameworkReference").Select(element => $"framework {(string)element.Attribute("name")!}")),
            Is.EquivalentTo(needs));
    }

    [Test]
    public void The_program_of_the_readme_has_under_25_lines() =>
        Assert.That(File.ReadAllLines(RepositoryFiles.Path("samples", "MinimalCall", "Program.cs")), Has.Length.LessThan(25));

    private static string Version { get; } =
        XDocument.Load(RepositoryFiles.Path("Directory.Build.props")).Descendants("Version").Single().Value;

    private static IEnumerable<string> FilesThatNameTheRepository(string feed) =>
        from file in Directory.GetFiles(feed)
        from entry in ZipFile.OpenRead(file).Entries
        where Encoding.Latin1.GetString(Bytes(entry)).Contains(RepositoryFiles.Root, StringComparison.Ordinal)
        select $"{Path.GetFileName(file)}: {entry.FullName}";

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream content = entry.Open();
        using MemoryStream bytes = new();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    // The packages of others come from where this build had them; ours go to a folder of their own, so that none of an earlier run is used.
    private string Project(string feed) =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <RestoreAdditionalProjectSources>{feed}</RestoreAdditionalProjectSources>
            <RestorePackagesPath>{Path.Combine(_folder, "packages")}</RestorePackagesPath>
            <RestoreFallbackFolders>{GlobalPackages()}</RestoreFallbackFolders>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="RoomCall.Core" Version="[{Version}]" />
            <PackageReference Include="RoomCall.InMemory" Version="[{Version}]" />
          </ItemGroup>
        </Project>
        """;

    private static string GlobalPackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static async Task<string> DotNetAsync(string folder, params string[] arguments)
    {
        using CancellationTokenSource limit = new(Patience, TimeProvider.System);
        ProcessStartInfo start = new("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        Assert.That(process.ExitCode, Is.Zero, $"dotnet {string.Join(' ', arguments)}\n{await output}\n{await errors}");
        return await output;
    }
}
