using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using RoomCall.DataChannels;
using RoomCall.Samples.Tests;

namespace RoomCall.SipSorcery.Tests.Samples;

/// <summary>What another program may send in place of a file, or with it.</summary>
public class NativePeerStrangeFileTests : NativePeerFixture
{
    private static readonly byte[] Content = [1, 2, 3];
    private static readonly string Sum = Convert.ToHexStringLower(SHA256.HashData(Content));
    private static readonly string Trailer = $$"""{"sha256":"{{Sum}}"}""";

    [Test]
    public async Task Nothing_leads_out_of_the_folder_or_leaves_a_part_in_it()
    {
        string room = NewRoom();
        string saved = Directory.CreateDirectory(Path.Combine(Folder, "above", "saved")).FullName;
        await using RunningSample alice = Join(room, "Alice", "--silent", "--save", saved);
        await alice.WhenPrintedAsync("phase: Waiting");
        await using ServiceProvider services = Services();
        await using ICallSession bob = await services.GetRequiredService<ICallClient>().JoinAsync(room);
        await bob.WhenDataChannelOpenAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await AnswerAsync(bob, """{"name":"../../evil.sh","size":3}""", Trailer), Does.Contain(Sum));
            Assert.That(await AnswerAsync(bob, """{"name":"more","size":2}""", Trailer), Does.Contain("More came"));
            Assert.That(await AnswerAsync(bob, """{"name":"less","size":4}""", Trailer), Does.Contain("did not arrive whole"));
            Assert.That(await AnswerAsync(bob, """{"name":"other","size":3}""", """{"sha256":"00"}"""), Does.Contain("did not arrive whole"));
            Assert.That(await AnswerAsync(bob, """{"name":"no sum","size":3}""", "[]"), Does.Contain("did not arrive whole"));
            Assert.That(await AnswerAsync(bob, """{"name":"large","size":536870913}""", "{}"), Does.Contain("larger than"));
            Assert.That(await AnswerAsync(bob, """{"name":"negative","size":-1}""", "{}"), Does.Contain("no file that"));
            Assert.That(await AnswerAsync(bob, """{"name":"\ud800","size":3}""", "{}"), Does.Contain("no file that"));
            Assert.That(await AnswerAsync(bob, "{", "{}"), Does.Contain("no file that"));
            Assert.That(await AnswerAsync(bob, "null", "{}"), Does.Contain("no file that"));
        }

        await bob.HangUpAsync();
        await alice.SignalAsync("INT");
        SampleResult result = await alice.EndAsync();

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(
            Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories),
            Is.EquivalentTo((string[])[Path.Combine(Folder, "above"), saved, Path.Combine(saved, "__.._evil.sh")]));
    }

    [Test]
    public async Task A_file_on_its_way_when_the_call_ends_leaves_nothing()
    {
        string room = NewRoom();
        await using RunningSample alice = Join(room, "Alice", "--silent", "--save", Folder);
        await alice.WhenPrintedAsync("phase: Waiting");
        await using ServiceProvider services = Services();
        await using ICallSession bob = await services.GetRequiredService<ICallClient>().JoinAsync(room);
        await bob.WhenDataChannelOpenAsync();
        IDataChannel channel = await bob.OpenDataChannelAsync("file");
        await channel.SendAsync("""{"name":"half","size":6}""");
        await channel.SendAsync(Content);
        await alice.WhenPrintedAsync("<- file 'half' begins: 6 bytes");

        await bob.HangUpAsync();

        await alice.WhenPrintedAsync("file 'half' did not arrive");
        await alice.SignalAsync("INT");
        await alice.EndAsync();
        Assert.That(Directory.EnumerateFileSystemEntries(Folder), Is.Empty);
    }

    private ServiceProvider Services()
    {
        ServiceCollection services = new();
        services.AddRoomCall().UseWebSockets(options => options.Endpoint = Rooms).UseSipSorcery();
        return services.BuildServiceProvider();
    }

    private static async Task<string> AnswerAsync(ICallSession session, string header, string trailer)
    {
        await using IDataChannel channel = await session.OpenDataChannelAsync("file");
        await channel.SendAsync(header);
        await channel.SendAsync(Content);
        await channel.SendAsync(trailer);
        return (await channel.ReceiveAsync()).Text;
    }
}
