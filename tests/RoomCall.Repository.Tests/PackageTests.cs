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

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("roomcall-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    /// <summary>As a user has it: outside the repository, with nothing of ours but the packages.</summary>
    [Test]
    [CancelAfter(300_000)]
    public async Task The_program_of_the_readme_runs_against_the_packages_alone(CancellationToken cancellationToken)
    {
        string feed = Path.Combine(_folder, "feed");
        foreach (string package in Packages)
        {
            await DotNetAsync(RepositoryFiles.Root, cancellationToken, "pack", RepositoryFiles.Path("src", package), "-c", "Release", "--no-restore", "-p:ContinuousIntegrationBuild=true", "-o", feed);
        }

        string program = Path.Combine(_folder, "program");
        Directory.CreateDirectory(program);
        File.Copy(RepositoryFiles.Path("samples", "MinimalCall", "Program.cs"), Path.Combine(program, "Program.cs"));
        await File.WriteAllTextAsync(Path.Combine(program, "Program.csproj"), Project(feed), cancellationToken);
        string output = await DotNetAsync(program, cancellationToken, "run");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Contain("Alice says: Hello, Bob!"));
            Assert.That(output, Does.Contain("Bob is Waiting, initiator: True"));
            Assert.That(Directory.GetFiles(feed, "*.snupkg"), Has.Length.EqualTo(Packages.Length), "symbol packages");
            Assert.That(File.ReadAllText(Path.Combine(_folder, "packages", "roomcall.core", Version, ".nupkg.metadata")), Does.Contain("feed"), "ours, not the published one");
            Assert.That(FilesThatNameTheRepository(feed), Is.Empty, "a package must not tell where it was built");
        }
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

    private static async Task<string> DotNetAsync(string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
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
