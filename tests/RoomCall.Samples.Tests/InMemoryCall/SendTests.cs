using System.Security.Cryptography;

namespace RoomCall.Samples.Tests.InMemoryCall;

public class SendTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3_000_001)]
    public async Task A_file_arrives_with_its_sum(int size)
    {
        byte[] content = new byte[size];
        new Random(size).NextBytes(content);
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"send-{size}.bin");
        await File.WriteAllBytesAsync(path, content);
        try
        {
            SampleResult result = await SampleProcess.RunAsync("InMemoryCall", "", "--send", path);

            string sum = Convert.ToHexStringLower(SHA256.HashData(content));
            using (Assert.EnterMultipleScope())
            {
                Assert.That(result.ExitCode, Is.Zero, result.Error);
                Assert.That(result.Lines, Does.Contain($"Alice sent   {sum}").And.Contain($"Bob got      {sum}"));
                Assert.That(result.Output, Does.Contain(FormattableString.Invariant($"{size:N0} bytes")).And.Contain("MB/s"));
                Assert.That(result.Output, Does.Not.Contain('\e'));
                Assert.That(result.LineOf("Second call"), Is.GreaterThan(result.LineOf("Bob got")));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
