using System.Text;
using RoomCall.Signaling;

namespace RoomCall.Tests.Signaling;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class PeerMessageFuzzTests
{
    private const int Mutations = 200_000;

    // Pieces that matter to a parser of JSON; a random byte seldom makes one.
    private static readonly byte[][] Pieces =
    [
        [.. "\\ud800"u8], [.. "\\u0000"u8], [.. "\""u8], [.. "\\"u8], [.. "{"u8], [.. "}"u8], [.. "[["u8], [.. "null"u8], [.. "true"u8],
        [.. "1e999"u8], [.. "-0"u8], [.. ",\"type\":\"bye\""u8], [.. "\"sdp\":"u8], [.. "\"generation\":2,"u8], [0xED, 0xA0, 0x80], [0xFF],
        [0xEF, 0xBB, 0xBF], [0], [.. "\n"u8], [.. "😀"u8],
    ];

    [Test]
    public void Mutations_of_messages_give_a_message_or_an_error_and_what_is_read_stays_the_same()
    {
        const int Seed = 20_260_101;
        Random random = new(Seed);
        byte[][] seeds = [.. PeerMessageVectors.ValidMessages.Select(Encoding.UTF8.GetBytes)];
        byte[][] donors = [.. seeds, .. PeerMessageVectors.InvalidMessages.Select(Encoding.UTF8.GetBytes)];
        int read = 0;
        int refused = 0;

        for (int i = 0; i < Mutations; i++)
        {
            byte[] json = Mutate(random, seeds, donors);
            try
            {
                if (Survives(json))
                    read++;
                else
                    refused++;
            }
            catch (Exception e) when (e is not AssertionException)
            {
                Assert.Fail($"Seed {Seed}, mutation {i}: {Convert.ToBase64String(json)} threw {e}");
            }
        }

        TestContext.Out.WriteLine($"{read} were read, {refused} were refused.");
        Assert.That(read, Is.GreaterThan(Mutations / 20), "Too few are read for the test to say much.");
        Assert.That(refused, Is.GreaterThan(Mutations / 20), "Too few are refused for the test to say much.");
    }

    private static bool Survives(byte[] json)
    {
        bool isMessage = PeerMessageJson.TryDecode(json, out PeerMessage? message, out string? error);
        if (isMessage != message is not null || isMessage != error is null)
            Assert.Fail($"Both or neither: {Convert.ToBase64String(json)}");
        if (!isMessage)
            return false;

        byte[] written = PeerMessageJson.Encode(message!);
        if (!PeerMessageJson.TryDecode(written, out PeerMessage? again, out error) || again != message
            || !PeerMessageJson.Encode(again).AsSpan().SequenceEqual(written))
        {
            Assert.Fail($"Not stable ({error}): {Convert.ToBase64String(json)}");
        }

        return true;
    }

    private static byte[] Mutate(Random random, byte[][] seeds, byte[][] donors)
    {
        List<byte> json = [.. seeds[random.Next(seeds.Length)]];
        for (int left = random.Next(1, 4); left > 0; left--)
        {
            int at = random.Next(json.Count + 1);
            int length = Math.Min(random.Next(1, 12), json.Count - at);
            switch (random.Next(7))
            {
                case 0 when at < json.Count:
                    json[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < json.Count:
                    json[at] = (byte)random.Next(256);
                    break;
                case 2:
                    json.RemoveRange(at, length);
                    break;
                case 3:
                    json.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 4:
                    json.InsertRange(random.Next(json.Count + 1), json.GetRange(at, length));
                    break;
                case 5 when at < json.Count:
                    int other = random.Next(json.Count);
                    (json[at], json[other]) = (json[other], json[at]);
                    break;
                case 6:
                    byte[] donor = donors[random.Next(donors.Length)];
                    int from = random.Next(donor.Length + 1);
                    json.RemoveRange(at, length);
                    json.InsertRange(at, donor.AsSpan(from, Math.Min(random.Next(1, 40), donor.Length - from)));
                    break;
            }
        }

        return random.Next(20) == 0 ? [.. json.Take(random.Next(json.Count + 1))] : [.. json];
    }
}
