namespace RoomCall.Samples.Tests.InMemoryCall;

public class ArgumentTests
{
    [TestCase("--send", "no-such-file.bin", "no file 'no-such-file.bin'")]
    [TestCase("--send", ".", "folder")]
    [TestCase("--latency", "fast", "--latency")]
    [TestCase("--latency", "3s", "--latency")]
    [TestCase("--latency", "-1ms", "--latency")]
    [TestCase("--loss", "200%", "--loss")]
    [TestCase("--loss", "NaN", "--loss")]
    [TestCase("--seed", "seven", "--seed")]
    [TestCase("--wrong", "", "--wrong")]
    public async Task A_wrong_argument_gets_one_line_and_exit_code_2(string option, string value, string named)
    {
        SampleResult result = await SampleProcess.RunAsync("InMemoryCall", "", option, value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(2));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1));
            Assert.That(result.Error, Does.Contain(named));
            Assert.That(result.Output, Is.Empty);
        }
    }

    [TestCase("--latency", "0.01s", "10 ms one way, 0% ")]
    [TestCase("--latency", "10", "10 ms one way, 0% ")]
    [TestCase("--loss", "0.05", "0 ms one way, 5% ")]
    [TestCase("--loss", "5%", "0 ms one way, 5% ")]
    public async Task Times_and_shares_are_read_as_people_write_them(string option, string value, string shown)
    {
        SampleResult result = await SampleProcess.RunAsync("InMemoryCall", "", option, value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.Error);
            Assert.That(result.Output, Does.Contain(shown));
        }
    }

    [Test]
    public async Task Help_explains_every_option_with_examples()
    {
        SampleResult result = await SampleProcess.RunAsync("InMemoryCall", "", "--help");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.Error);
            foreach (string option in (string[])["--send", "--chat", "--latency", "--loss", "--seed", "Examples:"])
                Assert.That(result.Output, Does.Contain(option));
        }
    }
}
