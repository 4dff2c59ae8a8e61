using RoomCall.LoadTest.Wire;

namespace RoomCall.LoadTest.Tests;

public class ServerFrameTests
{
    [TestCase(5, 2)]
    [TestCase(125, 2)]
    [TestCase(126, 4)]
    [TestCase(3072, 4)]
    [TestCase(65_535, 4)]
    [TestCase(65_536, 10)]
    public void A_frame_is_read_when_it_has_come_as_a_whole_and_no_sooner(int length, int header)
    {
        byte[] bytes = [.. Frame(length, header), 0x81];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ServerFrame.TryRead(bytes.AsSpan(0, header + length - 1), out _), Is.False);
            Assert.That(ServerFrame.TryRead(bytes.AsSpan(0, header - 1), out _), Is.False);
            Assert.That(ServerFrame.TryRead(bytes, out ServerFrame frame), Is.True);
            Assert.That((frame.Kind, frame.IsFinal), Is.EqualTo((FrameKind.Text, true)));
            Assert.That(frame.Length, Is.EqualTo(header + length));
            Assert.That(frame.Payload.Length, Is.EqualTo(length));
            Assert.That(frame.Payload.IndexOfAnyExcept((byte)'x'), Is.Negative);
        }
    }

    [Test]
    public void A_part_of_a_text_is_told_from_the_whole()
    {
        byte[] bytes = [0x01, 1, (byte)'x', 0x80, 1, (byte)'y'];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ServerFrame.TryRead(bytes, out ServerFrame first), Is.True);
            Assert.That((first.Kind, first.IsFinal), Is.EqualTo((FrameKind.Text, false)));
            Assert.That(ServerFrame.TryRead(bytes.AsSpan(first.Length), out ServerFrame last), Is.True);
            Assert.That((last.Kind, last.IsFinal), Is.EqualTo((FrameKind.Continuation, true)));
        }
    }

    private static byte[] Frame(int length, int header)
    {
        byte[] frame = new byte[header + length];
        frame.AsSpan(header).Fill((byte)'x');
        frame[0] = 0x81;
        frame[1] = header switch { 2 => (byte)length, 4 => 126, _ => 127 };
        for (int place = 2; place < header; place++) frame[place] = (byte)((long)length >> (8 * (header - 1 - place)));
        return frame;
    }
}
