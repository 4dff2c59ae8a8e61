using System.Reflection;
using PublicApiGenerator;

namespace RoomCall.Repository;

public class PublicApiTests
{
    private static readonly Assembly[] Assemblies =
    [
        typeof(ICallClient).Assembly,
        typeof(Server.RoomBroker).Assembly,
        typeof(InMemory.InMemorySignaler).Assembly,
        typeof(WebSockets.WebSocketTransport).Assembly,
        typeof(SignalR.SignalRTransport).Assembly,
        typeof(AspNetCore.RoomCallServerOptions).Assembly,
    ];

    [TestCaseSource(nameof(Assemblies))]
    public void The_public_api_is_the_approved_one(Assembly assembly)
    {
        string name = assembly.GetName().Name!;
        string approved = RepositoryFiles.Path("tests", "RoomCall.Repository.Tests", "PublicApi", name + ".txt");
        string actual = assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("ROOMCALL_APPROVE_API") == "1")
        {
            File.WriteAllText(approved, actual);
        }

        string expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : "";
        Assert.That(actual, Is.EqualTo(expected),
            $"The public API of {name} has changed. If it is meant, run the tests once with ROOMCALL_APPROVE_API=1 and review the diff.");
    }
}
