using System.Text;
using System.Text.Json;
using RoomCall.LoadTest.Members;

namespace RoomCall.LoadTest.Tests;

public class PayloadsTests
{
    [Test]
    public void Payloads_are_json_of_the_sizes_that_the_tables_tell()
    {
        string[] descriptions = [Payloads.Offer, Payloads.Answer];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(descriptions.Select(Encoding.UTF8.GetByteCount), Has.All.EqualTo(3072));
            Assert.That(Payloads.Candidates.Select(Encoding.UTF8.GetByteCount), Has.All.EqualTo(150));
            Assert.That(Payloads.Candidates, Is.Unique);
            foreach (string payload in (string[])[.. descriptions, .. Payloads.Candidates, Payloads.Bye])
                Assert.That(() => JsonDocument.Parse(payload), Throws.Nothing);
        }
    }
}
