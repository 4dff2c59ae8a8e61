using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Security.Cryptography;
using Microsoft.Playwright;
using RoomCall.Browser.Tests;
using RoomCall.DataChannels;
using RoomCall.Media;
using SIPSorceryMedia.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace RoomCall.SipSorcery.Tests;

/// <summary>A .NET program and a page of samples/BrowserCall in real Chromium.</summary>
[Category("Browser")]
public sealed class BrowserCallTests : PageFixture
{
    // Without a camera a page hides its addresses behind names that end in .local, which nobody here resolves.
    private static readonly PageWishes WithoutMedia = new() { Query = "&media=none" };

    [TestCase(true)]
    [TestCase(false)]
    public async Task Texts_go_both_ways_whoever_was_first_though_the_page_hides_its_addresses(bool isNativeFirst)
    {
        (NativeSide native, CallPage page) = await MeetAsync(isNativeFirst, WithoutMedia);
        await using (native)
        {
            await page.SendAsync("Grüße vom Browser");
            Assert.That(await native.ReceiveAsync(), Is.EqualTo("Grüße vom Browser"));
            await native.SendAsync("and from .NET 🌍");

            await page.ReceivesAsync("and from .NET 🌍");
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Sound_goes_both_ways_in_Opus(bool isNativeFirst)
    {
        (NativeSide native, CallPage page) = await MeetAsync(isNativeFirst, null, new SipSorceryMediaSource(TestMedia.Tone));
        await using (native)
        {
            RemoteAudioTrack audio = native.RemoteTracks.OfType<RemoteAudioTrack>().Single();
            using SoundMeter decoder = new();
            Task<double> energy = audio.Frames
                .Select(frame => decoder.Energy(frame))
                .Scan(0.0, static (sum, next) => sum + next)
                .Where(static sum => sum > 1_000_000)
                .FirstAsync()
                .ToTask();
            Task<IList<EncodedAudioFrame>> frames = audio.Frames.Take(50).ToList().ToTask();

            await page.HearsOtherAsync();
            Assert.That(await energy.WaitAsync(NativeSide.Patience), Is.GreaterThan(1_000_000));
            Assert.That(
                (await frames.WaitAsync(NativeSide.Patience)).Select(static frame => frame.AudioFormat.Codec),
                Has.All.EqualTo(AudioCodecsEnum.OPUS));
        }
    }

    [Test]
    public async Task Pictures_of_the_page_come_as_whole_VP8_frames()
    {
        (NativeSide native, CallPage page) = await MeetAsync(isNativeFirst: true, new PageWishes());
        await using (native)
        {
            RemoteVideoTrack video = native.RemoteTracks.OfType<RemoteVideoTrack>().Single();

            IList<EncodedVideoFrame> frames = await video.Frames.Take(20).ToList().ToTask().WaitAsync(NativeSide.Patience);

            Assert.That(frames.Select(static frame => frame.Format.Codec), Has.All.EqualTo(VideoCodecsEnum.VP8));
            Assert.That(frames.Select(static frame => frame.Data.Length), Has.All.Positive);
            await page.IsInCallAsync();
        }
    }

    [Test]
    public async Task A_file_of_1_MB_of_the_page_arrives_as_it_was()
    {
        byte[] content = RandomNumberGenerator.GetBytes(1_000_000);
        (NativeSide native, CallPage page) = await MeetAsync(isNativeFirst: true, WithoutMedia);
        await using (native)
        {
            Task<IDataChannel> accepting = native.Session.AcceptDataChannelAsync("file");
            await page.Page.Locator("#file").SetInputFilesAsync(
                new FilePayload { Name = "noise.bin", MimeType = "application/octet-stream", Buffer = content });

            IDataChannel channel = await accepting.WaitAsync(NativeSide.Patience);
            byte[] received = await TakeFileAsync(channel).WaitAsync(NativeSide.Patience);

            Assert.That(received, Is.EqualTo(content));
            await channel.SendAsync($$"""{"received":"{{Convert.ToHexStringLower(SHA256.HashData(received))}}"}""");
            await Expect(page.Page.Locator("[data-transfer=sent] code")).ToHaveTextAsync(Convert.ToHexStringLower(SHA256.HashData(content)));
        }
    }

    [Test]
    public async Task A_file_of_1_MB_for_the_page_arrives_as_it_was()
    {
        byte[] content = RandomNumberGenerator.GetBytes(1_000_000);
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        (NativeSide native, CallPage page) = await MeetAsync(isNativeFirst: false, WithoutMedia);
        await using (native)
        {
            IDataChannel channel = await native.Session.OpenDataChannelAsync("file").WaitAsync(NativeSide.Patience);
            await channel.SendAsync($$"""{"name":"noise.bin","size":{{content.Length}}}""");
            for (int at = 0; at < content.Length; at += 16_384)
                await channel.SendAsync(content.AsMemory(at, Math.Min(16_384, content.Length - at)));
            await channel.SendAsync($$"""{"sha256":"{{hash}}"}""");

            await Expect(page.Page.Locator("[data-transfer=received] code")).ToHaveTextAsync(hash, new() { Timeout = 60_000 });
            Assert.That((await channel.ReceiveAsync().AsTask().WaitAsync(NativeSide.Patience)).Text, Does.Contain(hash));
        }
    }

    private async Task<(NativeSide Native, CallPage Page)> MeetAsync(bool isNativeFirst, PageWishes? wishes, IMediaSource? media = null)
    {
        string room = NewRoom();
        NativeSide native;
        CallPage page;
        if (isNativeFirst)
        {
            native = await NativeSide.JoinAsync(Server.Address, room, media);
            page = await OpenAsync(room, "Page", wishes);
        }
        else
        {
            page = await OpenAsync(room, "Page", wishes);
            await page.ReachesAsync("waiting");
            native = await NativeSide.JoinAsync(Server.Address, room, media);
        }

        await native.IsInCallAsync();
        await page.IsInCallAsync();
        return (native, page);
    }

    private static async Task<byte[]> TakeFileAsync(IDataChannel channel)
    {
        using MemoryStream file = new();
        await foreach (DataMessage message in channel.ReadAllAsync())
        {
            if (!message.IsText)
                file.Write(message.Data.Span);
            else if (message.Text.Contains("sha256", StringComparison.Ordinal))
                break;
        }

        return file.ToArray();
    }
}
