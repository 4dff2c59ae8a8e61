using System.Security.Cryptography;
using RoomCall.Samples.Tests;

namespace RoomCall.SipSorcery.Tests.Samples;

/// <summary>Two processes in a call.</summary>
public class NativePeerTests : NativePeerFixture
{
    [Test]
    public async Task Two_echo_each_others_texts_once_and_hear_each_others_tone()
    {
        string room = NewRoom();
        await using RunningSample alice = Join(room, "Alice");
        await alice.WhenPrintedAsync("phase: Waiting");
        await using RunningSample bob = Join(room, "Bob");
        await alice.WhenPrintedAsync("Bob is here");
        await bob.WhenPrintedAsync("Alice is here");
        await alice.WhenPrintedAsync("<- audio begins");
        await bob.WhenPrintedAsync("<- audio begins");

        await alice.TypeAsync("good morning");
        await bob.WhenPrintedAsync("<- \"good morning\"");
        await alice.WhenPrintedAsync("<- \"echo: good morning\"");
        alice.EndInput();
        await bob.TypeAsync("good night"); // and if an echo were echoed, it would come before
        await bob.WhenPrintedAsync("<- \"echo: good night\"");
        await alice.SignalAsync("INT");
        SampleResult left = await alice.EndAsync();
        await bob.WhenPrintedAsync("the call has ended: The other side hung up.");
        await bob.WhenPrintedAsync("<- audio: ");
        await bob.SignalAsync("INT");
        SampleResult stayed = await bob.EndAsync();

        Assert.That((left.ExitCode, left.Error), Is.EqualTo((0, "")));
        Assert.That((stayed.ExitCode, stayed.Error), Is.EqualTo((0, "")));
        Assert.That(left.Output, Does.Match(@"<- audio: [1-9]\d* frames in ").And.Not.Contain("echo: echo"));
        Assert.That(stayed.Output, Does.Match(@"<- audio: [1-9]\d* frames in ").And.Not.Contain("echo: echo"));
        Assert.That(left.Lines, Does.Contain("This side hung up."));
    }

    [Test]
    public async Task Everybody_who_comes_is_sent_the_file_and_one_who_stays_gets_the_next_call()
    {
        string room = NewRoom();
        string path = WriteFile("photo.bin", 300_000);
        string sum = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path)));
        string saved = Path.Combine(Folder, "saved");
        await using RunningSample alice = Join(room, "Alice", "--silent", "--send", path);
        await alice.WhenPrintedAsync("phase: Waiting");

        await GetAsync("Bob", "photo.bin");
        await alice.WhenPrintedAsync("phase: Waiting");
        await GetAsync("Carol", "photo (2).bin");

        async Task GetAsync(string name, string file)
        {
            await using RunningSample other = Join(room, name, "--silent", "--save", saved);
            await alice.WhenPrintedAsync($"{name} is here");
            await other.WhenPrintedAsync($"<- file 'photo.bin': 300,000 bytes, SHA-256 {sum}, saved as {Path.Combine(saved, file)}");
            await alice.WhenPrintedAsync($"-> file 'photo.bin' has arrived: SHA-256 {sum}");
            await other.SignalAsync("INT");
            SampleResult result = await other.EndAsync();
            Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
            Assert.That(File.ReadAllBytes(Path.Combine(saved, file)), Is.EqualTo(File.ReadAllBytes(path)));
        }
    }

    [Test]
    public async Task Without_a_folder_a_file_is_counted_and_forgotten()
    {
        string room = NewRoom();
        string path = WriteFile("empty.txt", 0);
        await using RunningSample alice = Join(room, "Alice", "--silent");
        await alice.WhenPrintedAsync("phase: Waiting");
        await using RunningSample bob = Join(room, "Bob", "--silent", "--send", path);

        string line = await alice.WhenPrintedAsync("<- file 'empty.txt': 0 bytes");
        await bob.WhenPrintedAsync("has arrived");

        Assert.That(line, Does.EndWith(Convert.ToHexStringLower(SHA256.HashData([]))));
    }
}
