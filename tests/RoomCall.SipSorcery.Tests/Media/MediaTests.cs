using System.Net;
using Moq;
using RoomCall.Conformance;
using RoomCall.Media;
using SIPSorceryMedia.Abstractions;

namespace RoomCall.SipSorcery.Tests;

/// <summary>Media of a program, from source to listener.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MediaTests
{
    // A key frame of VP8 in so far as SIPSorcery looks at it.
    private static readonly byte[] Frame = [0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x10, 0x00, 0x10, 0x00, 1, 2, 3, 4];

    private readonly StillVideoSource _source = new();

    [Test]
    public async Task A_frame_of_the_source_arrives_as_it_was_and_not_while_the_track_is_muted()
    {
        await using IMediaStream stream = await new SipSorceryMediaSource(video: () => _source).OpenAsync(default);
        await using TestCall call = await ConnectAsync(stream);
        RemoteVideoTrack video = await VideoOf(call);
        EventLog<EncodedVideoFrame> frames = new();
        using IDisposable listening = video.Frames.Subscribe(frames.Add);

        stream.Tracks.Single().Enabled = false;
        _source.Send([.. Frame, 99]);
        stream.Tracks.Single().Enabled = true;
        _source.Send(Frame);

        EncodedVideoFrame frame = await frames.FirstAsync().WaitAsync(NativeSide.Patience);
        Assert.That(frame.Data, Is.EqualTo(Frame));
        Assert.That(frame.Format.Codec, Is.EqualTo(SIPSorceryMedia.Abstractions.VideoCodecsEnum.VP8));
    }

    [Test]
    public async Task A_listener_that_throws_harms_no_other()
    {
        await using IMediaStream stream = await new SipSorceryMediaSource(video: () => _source).OpenAsync(default);
        await using TestCall call = await ConnectAsync(stream);
        RemoteVideoTrack video = await VideoOf(call);
        EventLog<EncodedVideoFrame> frames = new();
        using IDisposable throwing = video.Frames.Subscribe(static _ => throw new InvalidOperationException("the user's own"));
        using IDisposable listening = video.Frames.Subscribe(frames.Add);

        _source.Send(Frame);
        _source.Send(Frame);

        await frames.CountAsync(2).WaitAsync(NativeSide.Patience);
    }

    [Test]
    public async Task A_source_runs_while_a_call_sends_it_rests_between_calls_and_is_closed_with_the_stream()
    {
        IMediaStream stream = await new SipSorceryMediaSource(video: () => _source).OpenAsync(default);
        Assert.That(_source.Runs.All, Is.Empty);
        await using (TestCall call = await ConnectAsync(stream))
        {
            await VideoOf(call);
        }

        Assert.That(_source.Runs.All, Is.EqualTo(new[] { true, false }));
        Assert.That(_source.IsClosed, Is.False);
        await using (TestCall next = await ConnectAsync(stream))
        {
            await VideoOf(next);
        }

        await stream.DisposeAsync();
        Assert.That(_source.Runs.All, Is.EqualTo(new[] { true, false, true, false, false }));
        Assert.That(_source.IsClosed, Is.True);
    }

    [Test]
    public async Task The_frames_of_a_track_end_with_its_connection()
    {
        await using IMediaStream stream = await new SipSorceryMediaSource(video: () => _source).OpenAsync(default);
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestCall call = await ConnectAsync(stream);
        RemoteVideoTrack video = await VideoOf(call);
        using IDisposable listening = video.Frames.Subscribe(static _ => { }, ended.SetResult);

        await call.Answerer.DisposeAsync();

        await ended.Task.WaitAsync(NativeSide.Patience);
    }

    [Test]
    public async Task Video_in_a_codec_that_this_side_does_not_want_is_left_out_and_the_call_goes_on()
    {
        SipSorceryOptions options = new() { BindAddress = IPAddress.Loopback };
        options.VideoFormats.Clear();
        options.VideoFormats.Add(new VideoFormat(VideoCodecsEnum.H264, 102));
        await using IMediaStream stream = await new SipSorceryMediaSource(video: () => _source).OpenAsync(default);
        await using TestCall call = await TestCall.CreateAsync(Engine.Create(), new SipSorceryPeerConnectionFactory(options));
        call.Offerer.Connection.AddStream(stream);

        await call.OpenAsync().WaitAsync(NativeSide.Patience);

        Assert.That(call.Answerer.Streams.All, Is.Empty);
        Assert.That(_source.Runs.All, Is.Empty, "nobody wants it");
    }

    [Test]
    public async Task A_source_whose_codec_the_other_side_does_not_know_does_not_run_and_the_call_goes_on()
    {
        StillVideoSource other = new(VideoCodecsEnum.VP9);
        await using IMediaStream ours = await new SipSorceryMediaSource(video: () => _source).OpenAsync(default);
        await using IMediaStream theirs = await new SipSorceryMediaSource(video: () => other).OpenAsync(default);
        await using TestCall call = await TestCall.CreateAsync(Engine.Create());
        call.Offerer.Connection.AddStream(ours);
        call.Answerer.Connection.AddStream(theirs);

        await call.OpenAsync().WaitAsync(NativeSide.Patience);

        Assert.That(call.Offerer.Streams.All, Is.Empty);
        Assert.That(other.Runs.All, Is.Empty);
    }

    [Test]
    public async Task A_source_or_a_listener_that_fails_or_hangs_keeps_no_connection()
    {
        await using IMediaStream stream = await new SipSorceryMediaSource(video: () => _source).OpenAsync(default);
        await using TestCall call = await ConnectAsync(stream);
        RemoteVideoTrack video = await VideoOf(call);
        using IDisposable listening = video.Frames.Subscribe(static _ => { }, static () => throw new InvalidOperationException("the user's own"));
        _source.Pausing = new TaskCompletionSource().Task;

        await call.Answerer.DisposeAsync().AsTask().WaitAsync(NativeSide.Patience);
        await call.Offerer.DisposeAsync().AsTask().WaitAsync(NativeSide.Patience);
    }

    [Test]
    public async Task A_camera_that_cannot_be_opened_leaves_no_microphone_open()
    {
        Mock<IAudioSource> microphone = new();
        SipSorceryMediaSource source = new(() => microphone.Object, static () => throw new InvalidOperationException("no camera"));

        await Assert.ThatAsync(async () => await source.OpenAsync(default), Throws.InvalidOperationException);

        microphone.Verify(static audio => audio.CloseAudio());
    }

    [Test]
    public void A_source_of_nothing_is_refused() => Assert.That(() => new SipSorceryMediaSource(), Throws.ArgumentException);

    private async Task<TestCall> ConnectAsync(IMediaStream stream)
    {
        int before = _source.Runs.All.Count;
        TestCall call = await TestCall.CreateAsync(Engine.Create());
        call.Offerer.Connection.AddStream(stream);
        await call.OpenAsync().WaitAsync(NativeSide.Patience);
        await _source.Runs.CountAsync(before + 1).WaitAsync(NativeSide.Patience);
        return call;
    }

    private static async Task<RemoteVideoTrack> VideoOf(TestCall call) =>
        (RemoteVideoTrack)(await call.Answerer.Streams.FirstAsync().WaitAsync(NativeSide.Patience)).Tracks.Single();
}
