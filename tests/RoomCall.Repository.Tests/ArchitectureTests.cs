using System.Xml.Linq;

namespace RoomCall.Repository;

public class ArchitectureTests
{
    private static readonly string[] AllowedInCore =
    [
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.Options",
        "System.Reactive",
    ];

    [Test]
    public void The_core_depends_on_its_four_packages_and_on_no_project()
    {
        XDocument project = XDocument.Load(RepositoryFiles.Path("src", "RoomCall.Core", "RoomCall.Core.csproj"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Includes(project, "PackageReference"), Is.EquivalentTo(AllowedInCore));
            Assert.That(Includes(project, "ProjectReference"), Is.Empty);
        }
    }

    [Test]
    public void The_server_depends_on_the_core_and_on_logging()
    {
        XDocument project = XDocument.Load(RepositoryFiles.Path("src", "RoomCall.Server", "RoomCall.Server.csproj"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Includes(project, "PackageReference"), Is.EqualTo(new[] { "Microsoft.Extensions.Logging.Abstractions" }));
            Assert.That(Includes(project, "ProjectReference"), Is.EqualTo(new[] { "../RoomCall.Core/RoomCall.Core.csproj" }));
        }
    }

    [Test]
    public void The_web_server_depends_on_the_framework_the_core_and_the_server_alone()
    {
        XDocument project = XDocument.Load(RepositoryFiles.Path("src", "RoomCall.AspNetCore", "RoomCall.AspNetCore.csproj"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Includes(project, "PackageReference"), Is.Empty);
            Assert.That(Includes(project, "FrameworkReference"), Is.EqualTo(new[] { "Microsoft.AspNetCore.App" }));
            Assert.That(
                Includes(project, "ProjectReference"),
                Is.EqualTo(new[] { "../RoomCall.Core/RoomCall.Core.csproj", "../RoomCall.Server/RoomCall.Server.csproj" }));
        }
    }

    [Test]
    public void The_WebSocket_client_depends_on_the_core_alone()
    {
        XDocument project = XDocument.Load(RepositoryFiles.Path("src", "RoomCall.WebSockets", "RoomCall.WebSockets.csproj"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Includes(project, "PackageReference"), Is.Empty);
            Assert.That(Includes(project, "ProjectReference"), Is.EqualTo(new[] { "../RoomCall.Core/RoomCall.Core.csproj" }));
        }
    }

    [Test]
    public void The_SignalR_client_asks_for_the_core_of_SignalRs_client_and_for_no_more()
    {
        XDocument project = XDocument.Load(RepositoryFiles.Path("src", "RoomCall.SignalR", "RoomCall.SignalR.csproj"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Includes(project, "PackageReference"), Is.EqualTo(new[] { "Microsoft.AspNetCore.SignalR.Client.Core" }));
            Assert.That(Includes(project, "FrameworkReference"), Is.Empty);
            Assert.That(Includes(project, "ProjectReference"), Is.EqualTo(new[] { "../RoomCall.Core/RoomCall.Core.csproj" }));
        }
    }

    [Test]
    public void No_project_of_src_is_a_friend_of_another()
    {
        var friends =
            from project in RepositoryFiles.All("*.csproj", "src")
            from friend in Includes(XDocument.Load(project), "InternalsVisibleTo")
            where File.Exists(RepositoryFiles.Path("src", friend, friend + ".csproj"))
            select $"{Path.GetFileName(project)} -> {friend}";

        Assert.That(friends, Is.Empty);
    }

    [Test]
    public void A_file_of_ours_stays_under_400_lines()
    {
        var longFiles =
            from file in RepositoryFiles.All("*.cs")
            let lines = File.ReadLines(file).Count()
            where lines > 400
            select $"{Path.GetRelativePath(RepositoryFiles.Root, file)}: {lines} lines";

        Assert.That(longFiles, Is.Empty);
    }

    private static IEnumerable<string> Includes(XDocument project, string item) =>
        project.Descendants(item).Select(element => element.Attribute("Include")!.Value);
}
