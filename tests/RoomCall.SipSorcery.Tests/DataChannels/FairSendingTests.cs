using RoomCall.Conformance;
using RoomCall.DataChannels;

namespace RoomCall.SipSorcery.Tests;

/// <summary>Several channels of one slow connection.</summary>
public sealed class FairSendingTests
{
    [Test]
    public async Task A_text_does_not_wait_behind_the_file_of_another_channel()
    {
        await using TestCall call = await TestCall.CreateAsync(Engine.Create());
        (TestChannel near, TestChannel far) = await call.OpenAsync().WaitAsync(NativeSide.Patience);
        (TestChannel textNear, TestChannel textFar) = await call.OpenAsync(label: "texts").WaitAsync(NativeSide.Patience);
        byte[] part = new byte[16 * 1024];
        for (int i = 0; i < 100; i++)
            near.Transport.Send(DataMessage.FromBytes(part));

        textNear.Transport.Send(DataMessage.FromText("me too"));

        Assert.That((await textFar.Messages.FirstAsync().WaitAsync(NativeSide.Patience)).Text, Is.EqualTo("me too"));
        Assert.That(far.Messages.All, Has.Count.LessThan(50), "the file is still on its way");
        await far.Messages.CountAsync(100).WaitAsync(NativeSide.Patience);
        Assert.That(near.Transport.BufferedAmount, Is.LessThan(100 * part.Length));
    }
}
