using System.Text;
using RoomCall.Samples;

namespace RoomCall.SipSorcery.Tests.Samples;

public class SafeNameTests
{
    [TestCase("photo.jpg", "photo.jpg")]
    [TestCase("Übung 1 – ein Text.txt", "Übung 1 – ein Text.txt")]
    [TestCase("../../etc/passwd", "__.._etc_passwd")]
    [TestCase("..", "file")]
    [TestCase("", "file")]
    [TestCase(" . ", "file")]
    [TestCase(".bashrc", "file.bashrc")]
    [TestCase(@"C:\autoexec.bat", "C__autoexec.bat")]
    [TestCase("con.txt", "_con.txt")]
    [TestCase("LPT1", "_LPT1")]
    [TestCase("concert", "concert")]
    [TestCase("a\u202egpj.exe", "a_gpj.exe")]
    [TestCase("a\0b\nc", "a_b_c")]
    [TestCase("report.pdf. . ", "report.pdf")]
    public void A_name_becomes_that_of_a_plain_file_in_the_folder(string name, string expected)
    {
        Assert.That(SafeName.Of(name), Is.EqualTo(expected));
    }

    [TestCase("a")]
    [TestCase("ß")]
    [TestCase("😀")]
    public void A_long_name_is_cut_between_letters_and_keeps_its_extension(string letter)
    {
        string name = SafeName.Of(string.Concat(Enumerable.Repeat(letter, 300)) + ".txt");

        Assert.That(name, Does.EndWith($"{letter}.txt"));
        Assert.That(Encoding.UTF8.GetByteCount(name), Is.InRange(190, 200));
    }
}
