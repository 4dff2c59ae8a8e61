using RoomCall.Server.Rooms;

namespace RoomCall.Server.Tests.Rooms;

public sealed class RoomNameTests
{
    [TestCase("lobby")]
    [TestCase("x")]
    [TestCase("the lobby")]
    [TestCase("комната")]
    [TestCase("部屋")]
    [TestCase("room 🎥")]
    [TestCase("../..\\<b>\"'&%00")]
    public void A_name_may_be_any_visible_text(string name) => Assert.That(RoomName.IsValid(name, 128), Is.True);

    [TestCase("", Description = "empty")]
    [TestCase(" ", Description = "space")]
    [TestCase("\u00a0\u3000", Description = "other spaces")]
    [TestCase("a\0", Description = "null")]
    [TestCase("a\r\nb", Description = "line break")]
    [TestCase("a\u007fb", Description = "delete")]
    [TestCase("a\u0085b", Description = "next line")]
    [TestCase("a\u2028b", Description = "line separator")]
    [TestCase("a\u2029b", Description = "paragraph separator")]
    public void A_name_that_cannot_be_shown_or_sent_is_none(string name) => Assert.That(RoomName.IsValid(name, 128), Is.False);

    [Test] // no test cases, because an attribute's text is stored as UTF-8, which cannot hold these
    public void A_name_with_half_a_character_is_none()
    {
        string[] names = ["\ud83c", "a\udfa5b", "\udfa5\ud83c", "🎥\ud83c"];

        Assert.That(names.Select(name => RoomName.IsValid(name, 128)), Has.All.False);
    }

    [Test]
    public void The_length_counts_UTF16_units()
    {
        Assert.That(RoomName.IsValid("🎥🎥", 4), Is.True);
        Assert.That(RoomName.IsValid("🎥🎥", 3), Is.False);
    }
}
