namespace RoomCall.Samples.Tests.InMemoryCall;

public class InputTests
{
    [Test]
    public async Task Piped_lines_arrive_in_order_and_are_answered()
    {
        SampleResult result = await SampleProcess.RunAsync("InMemoryCall", "one\r\ntwo\n\nlast without an end");

        int line = 0;
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        foreach (string text in (string[])["\"one\"", "\"two\"", "\"\"", "\"last without an end\"", "Got your 4 lines.", "Second call"])
            line = result.LineOf(text, line + 1);
    }

    [Test]
    public async Task A_line_cannot_colour_the_screen_and_is_cut_to_the_width()
    {
        SampleResult result = await SampleProcess.RunAsync("InMemoryCall", $"\e[31mred\n{new string('x', 100_000)}\n");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.Error);
            Assert.That(result.Output, Does.Not.Contain('\e'));
            Assert.That(result.Output, Does.Contain("xxx…"));
            Assert.That(result.Lines.Max(line => line.Length), Is.LessThanOrEqualTo(80));
        }
    }

    [TestCase("hello\nhello yourself\nb: still me\n\nnever said\n")]
    [TestCase("hello\nhello yourself\nb: still me\nbye\nnever said\n")]
    [TestCase("hello\nhello yourself\nb: still me")]
    public async Task In_a_chat_the_sides_speak_in_turn_until_one_says_bye(string typed)
    {
        SampleResult result = await SampleProcess.RunAsync("InMemoryCall", typed, "--chat");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        int hello = result.LineOf("│═ \"hello\" ═");
        int yourself = result.LineOf("═ \"hello yourself\" ═│", hello);
        int still = result.LineOf("═ \"still me\" ═│", yourself);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.LineOf(" bye ", still), Is.LessThan(result.LineOf("Second call")));
            Assert.That(result.Output, Does.Not.Contain("never said"));
        }
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no signal that one process can send to another.")]
    public async Task An_interrupt_hangs_up_cleanly()
    {
        SampleResult result = await SampleProcess.InterruptAsync("InMemoryCall", "An empty line or 'bye' hangs up.", "--chat");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(130));
            Assert.That(result.Error, Is.Empty);
            Assert.That(result.LineOf(" bye "), Is.GreaterThan(result.LineOf("Interrupted: hanging up.")));
        }
    }
}
