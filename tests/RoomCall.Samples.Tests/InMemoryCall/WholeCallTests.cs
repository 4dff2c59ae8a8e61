namespace RoomCall.Samples.Tests.InMemoryCall;

public class WholeCallTests
{
    // In causal order: none of these can come before the one above it.
    private static readonly string[] FirstCall =
    [
        "create or join", "created", "create or join", "join", "offer (generation 1)", "answer (generation 1)",
        "data channel open", "\"Hello, Bob!\"", "\"Hello, Alice!\"", "call ended: HungUp", "bye", "waiting, as the initiator",
    ];

    private static readonly string[] SecondCall =
    [
        "create or join", "join", "offer (generation 2)", "answer (generation 2)",
        "data channel open", "\"Hello, Carol!\"", "\"Hello, Bob!\"", "call ended: HungUp", "bye",
        "Alice  HungUp", "Bob    HungUp", "Carol  HungUp",
    ];

    [Test]
    public async Task Two_calls_are_printed_in_causal_order()
    {
        SampleResult result = await SampleProcess.RunAsync("InMemoryCall", input: "");
        Assert.That(result.ExitCode, Is.Zero, result.Error);

        int line = result.LineOf("First call");
        foreach (string step in FirstCall) line = result.LineOf(step, line + 1);
        line = result.LineOf("Second call", line + 1);
        foreach (string step in SecondCall) line = result.LineOf(step, line + 1);
    }

    [TestCase("joined")]
    [TestCase("got user media")]
    [TestCase("candidate")]
    [TestCase("left")]
    [TestCase("local stream: audio + video")]
    [TestCase("remote stream: audio + video")]
    [TestCase("connected (generation 1)")]
    [TestCase("media: 40 of 40 frames")]
    public async Task The_first_call_shows(string step)
    {
        SampleResult result = await PlainRun;

        Assert.That(result.LineOf(step), Is.LessThan(result.LineOf("Second call")));
    }

    [Test]
    public async Task Redirected_output_is_plain_and_fits_into_80_columns()
    {
        SampleResult result = await PlainRun;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Output, Does.Not.Contain('\e'));
            Assert.That(result.Lines.Max(line => line.Length), Is.LessThanOrEqualTo(80));
        }
    }

    [Test]
    public async Task Every_row_of_the_sequence_is_aligned()
    {
        SampleResult result = await PlainRun;

        string[] rows = [.. result.Lines.Where(line => line.EndsWith('│'))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows, Has.Length.GreaterThan(40));
            Assert.That(rows.Select(row => row.Length).Distinct().ToArray(), Has.Length.EqualTo(1));
            Assert.That(rows.Select(row => row.IndexOf('│', StringComparison.Ordinal)).Distinct().ToArray(), Has.Length.EqualTo(1));
        }
    }

    [Test]
    public async Task An_idle_pipe_as_input_does_not_hold_it_up()
    {
        SampleResult result = await SampleProcess.RunAsync("InMemoryCall", input: null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.Error);
            Assert.That(result.Output, Does.Contain("\"Hello, Bob!\""));
        }
    }

    [Test]
    public async Task Slowness_and_loss_are_shown_and_end_well()
    {
        SampleResult result = await SampleProcess.RunAsync("InMemoryCall", "", "--latency", "10ms", "--loss", "20%", "--seed", "7");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.Error);
            Assert.That(result.Output, Does.Contain("10 ms one way, 20% of data and media is lost (seed 7)."));
            Assert.That(result.Output, Does.Contain("40 messages at once: all there, in order"));
            Assert.That(result.Output, Does.Match(@"media: [123]?\d of 40 frames"));
            Assert.That(result.Output, Does.Contain("offer (generation 2)"));
        }
    }

    private static Task<SampleResult> PlainRun => Plain.Value;

    private static Lazy<Task<SampleResult>> Plain { get; } = new(() => SampleProcess.RunAsync("InMemoryCall", input: ""));
}
