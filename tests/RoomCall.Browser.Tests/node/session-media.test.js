import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeStream, FakeTrack, refusingDevices } from './session-fakes/media.js';
import { World, eventOf, withCode } from './session-fakes/pair.js';
import { SessionMedia } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/session/media.js';

const both = { media: { audio: true, video: true } };
const kindsOf = (stream) => stream.getTracks().map(({ kind }) => kind).sort();

test('each has the other\'s tracks in one stream', async (t) => {
  const { alice, bob } = await new World(t).call(both);

  await Promise.all([eventOf(alice, 'remoteStreamAdded'), eventOf(bob, 'remoteStreamAdded')]);
  assert.deepEqual(kindsOf(alice.remoteStream), ['audio', 'video']);
  assert.deepEqual(kindsOf(bob.remoteStream), ['audio', 'video']);
  assert.equal((await eventOf(alice, 'remoteStreamAdded')).stream, alice.remoteStream);
  assert.equal(alice.events.filter(({ type }) => type === 'remoteStreamAdded').length, 1);
});

test('one who has none sees the other, whoever of them came first', async (t) => {
  const first = await new World(t).call({}, both);
  await eventOf(first.alice, 'remoteStreamAdded');
  assert.deepEqual(kindsOf(first.alice.remoteStream), ['audio', 'video']);
  assert.equal(first.bob.remoteStream, null);

  const second = await new World(t).call(both, {});
  await eventOf(second.bob, 'remoteStreamAdded');
  assert.deepEqual(kindsOf(second.bob.remoteStream), ['audio', 'video']);
});

test('with continueWithoutMedia the call goes on without what was refused', async (t) => {
  const world = new World(t);
  const alice = world.join('lobby', { ...both, continueWithoutMedia: true }, { mediaDevices: refusingDevices });
  const { reason } = await eventOf(alice, 'localMediaAbsent');
  assert.equal(reason.code, 'media-refused');
  world.join('lobby');

  await alice.whenConnected();

  assert.equal(alice.state.localMedia, 'absent');
});

test('media that fails is no refusal', async (t) => {
  const world = new World(t);
  const broken = { getUserMedia: async () => { throw new DOMException('', 'NotFoundError'); } };
  assert.deepEqual(await world.join('one', both, { mediaDevices: broken }).completion, { code: 'media-failed', detail: 'NotFoundError' });
  assert.match((await world.join('two', both, { mediaDevices: null }).completion).detail, /secure page/);
  const nothing = await world.join('three', { media: async () => null }).completion;
  assert.equal(nothing.code, 'media-failed');
});

test('a stream of the page\'s own is not stopped; what a function made and a screen are', async (t) => {
  const world = new World(t);
  const own = new FakeStream([new FakeTrack('audio')]);
  const made = new FakeStream([new FakeTrack('audio')]);
  for (const [media, state] of [[own, 'live'], [async () => made, 'ended'], ['screen', 'ended']]) {
    const session = world.join('lobby', { media });
    await session.when(({ localMedia }) => localMedia === 'ready');
    const [track] = session.localStream.getTracks();
    await session.hangUp();
    assert.equal(track.readyState, state);
  }
});

test('what still comes after the end is stopped, and the function is told to end', async () => {
  let give;
  let told;
  const inputs = [];
  const media = new SessionMedia((signal) => {
    told = signal;
    return new Promise((resolve) => { give = resolve; });
  }, undefined, (input) => inputs.push(input));
  const opening = media.open();
  await Promise.resolve();
  media.close();
  assert.equal(told.aborted, true);
  const late = new FakeStream([new FakeTrack('video')]);

  give(late);
  await opening;

  assert.equal(late.getTracks()[0].readyState, 'ended');
  assert.deepEqual([inputs, media.stream], [[], null]);
});

test('muting darkens the local tracks, also those that come later, and touches no other', async (t) => {
  const world = new World(t);
  const quiet = new FakeTrack('audio');
  quiet.enabled = false;
  const alice = world.join('lobby', { media: async () => new FakeStream([quiet, new FakeTrack('video')]) });
  alice.mute('video', true);
  await alice.when(({ localMedia }) => localMedia === 'ready');
  const [audio, video] = alice.localStream.getTracks();

  assert.deepEqual([audio.enabled, video.enabled], [false, false]);
  assert.deepEqual([alice.isMuted('audio'), alice.isMuted('video')], [false, true]);
  alice.mute('video', false);
  assert.deepEqual([audio.enabled, video.enabled], [false, true]);
  assert.throws(() => alice.mute('screen', true), withCode('invalid-argument'));
});

test('a replaced track is sent in this call and in the next, muted as the one before', async (t) => {
  const world = new World(t);
  const { alice, bob } = await world.call(both);
  alice.mute('video', true);
  const screen = new FakeTrack('video', 'screen');
  const sendersOf = (connection) => Object.fromEntries(connection.senders.map(({ track, stream }) => [track?.kind ?? 'none', [track?.id, stream]]));

  await alice.replaceTrack('video', screen);

  assert.equal(screen.enabled, false);
  const [first] = world.network.connections;
  assert.equal(sendersOf(first).video[0], 'screen');
  await bob.hangUp();
  await alice.when(({ generation, signalingState }) => generation === 2 && signalingState === 'have-local-offer');
  const next = world.network.connections.at(-1);
  assert.notEqual(next, first);
  assert.equal(sendersOf(next).video[0], 'screen');
  assert.equal(sendersOf(next).audio[0], 'audio');
});

test('null sends none, and a kind that the call did not begin with cannot be replaced', async (t) => {
  const world = new World(t);
  const { alice } = await world.call({ media: { audio: true } });

  await alice.replaceTrack('audio', null);

  assert.equal(world.network.connections[0].senders[0].track, null);
  await assert.rejects(alice.replaceTrack('video', new FakeTrack('video')), withCode('invalid-argument'));
  await assert.rejects(alice.replaceTrack('audio', new FakeTrack('video')), withCode('invalid-argument'));
});
