namespace RoomCall.Samples.Tests;

public class MinimalCallTests
{
    [Test]
    public async Task It_prints_what_Bob_heard_why_Alices_session_ended_and_that_Bob_is_the_waiting_initiator()
    {
        SampleResult result = await SampleProcess.RunAsync("MinimalCall", input: "");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.Error);
            Assert.That(result.Lines, Is.EqualTo(new[]
            {
                "Alice says: Hello, Bob!",
                "Alice: HungUp: This side hung up.",
                "Bob is Waiting, initiator: True",
                "",
            }));
        }
    }
}
