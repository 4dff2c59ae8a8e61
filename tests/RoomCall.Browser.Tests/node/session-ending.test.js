import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from './fake-clock.js';
import { refusingDevices } from './session-fakes/media.js';
import { World, eventOf, messageOf, withCode } from './session-fakes/pair.js';

test('one who hangs up is through; one who stays is the waiting initiator, and meets the next', async (t) => {
  const world = new World(t);
  const { alice, bob } = await world.call();
  const first = alice.dataChannel;

  await bob.hangUp();

  assert.equal((await bob.completion).code, 'hung-up');
  assert.equal((await eventOf(alice, 'callEnded')).reason.code, 'remote-hung-up');
  await alice.when(({ phase }) => phase === 'waiting');
  assert.equal(alice.state.isInitiator, true);
  assert.equal(first.state, 'closed');
  assert.notEqual(alice.dataChannel, first);
  assert.equal(alice.remoteStream, null);

  const carol = world.join('lobby');
  await Promise.all([carol.whenDataChannelOpen(), alice.whenDataChannelOpen()]);
  await carol.dataChannel.send('hello');
  assert.equal(await messageOf(alice.dataChannel), 'hello');
});

test('the initiator hangs up and calls again, and is the one who comes', async (t) => {
  const world = new World(t);
  const { alice, bob } = await world.call();

  await alice.hangUp();
  await bob.when(({ phase, isInitiator }) => phase === 'waiting' && isInitiator);
  const again = world.join('lobby');
  await Promise.all([again.whenDataChannelOpen(), bob.whenDataChannelOpen()]);

  assert.deepEqual([bob.state.isInitiator, again.state.isInitiator], [true, false]);
  await bob.dataChannel.send('again');
  assert.equal(await messageOf(again.dataChannel), 'again');
});

test('what was sent arrives before the call ends, and its reader sees a normal end', async (t) => {
  const { alice, bob } = await new World(t).call();
  const heard = [];
  const reading = (async () => {
    for await (const message of bob.dataChannel) {
      heard.push(message);
    }
  })();

  for (let i = 0; i < 20; i++) {
    void alice.dataChannel.send(`message ${i}`);
  }

  await alice.hangUp();
  await reading;

  assert.equal(heard.length, 20);
});

test('with whenRemoteLeaves end, the session ends with the call', async (t) => {
  const { alice, bob } = await new World(t).call({ whenRemoteLeaves: 'end' });

  await bob.hangUp();

  assert.equal((await alice.completion).code, 'remote-hung-up');
});

test('refused media ends this session, and the other side is told', async (t) => {
  const world = new World(t);
  const bob = world.join('lobby');
  await bob.when(({ phase }) => phase === 'waiting');
  const alice = world.join('lobby', { media: { audio: true } }, { mediaDevices: refusingDevices });

  assert.equal((await alice.completion).code, 'media-refused');
  assert.equal((await eventOf(bob, 'callEnded')).reason.code, 'remote-media-failed');
  await bob.when(({ phase }) => phase === 'waiting');
});

test('a third is told that the room is full', async (t) => {
  const world = new World(t);
  await world.call();

  assert.equal((await world.join('lobby').completion).code, 'room-full');
});

test('an end of signaling ends the session', async (t) => {
  const world = new World(t);
  const alice = world.join('lobby');
  await alice.when(({ phase }) => phase === 'waiting');

  world.server.end('The server is gone.');

  assert.deepEqual(await alice.completion, { code: 'signaling-lost', detail: 'The server is gone.' });
  assert.equal(alice.state.phase, 'ended');
  assert.deepEqual(alice.state.endReason, await alice.completion);
});

test('a signaler that throws ends the session, and no more', async (t) => {
  const world = new World(t);
  world.server.joinRoom = () => {
    throw new TypeError('The room is no room.');
  };

  assert.deepEqual(await world.join('lobby').completion, { code: 'signaling-unavailable', detail: 'The room is no room.' });
});

test('waits reject when the session has ended, with the reason', async (t) => {
  const world = new World(t);
  const alice = world.join('lobby');
  const connected = alice.whenConnected();
  const rejected = assert.rejects(connected, withCode('session-ended'));
  await alice.hangUp();

  await rejected;
  await assert.rejects(alice.whenDataChannelOpen(), (error) => error.code === 'session-ended' && error.cause.code === 'hung-up');
  await assert.rejects(alice.openDataChannel('files'), withCode('session-ended'));
  await assert.rejects(alice.replaceTrack('video', null), withCode('session-ended'));
  assert.equal((await alice.when(({ phase }) => phase === 'ended')).phase, 'ended');
  await alice.hangUp();
});

test('a signal hangs up, also one that was aborted before', async (t) => {
  const world = new World(t);
  const leaving = new AbortController();
  const alice = world.join('lobby', { signal: leaving.signal });
  await alice.when(({ phase }) => phase === 'waiting');
  leaving.abort();
  assert.equal((await alice.completion).code, 'hung-up');

  const bob = world.join('lobby', { signal: leaving.signal });
  assert.equal((await bob.completion).code, 'hung-up');
});

test('an operation that hangs has failed in its time', async (t) => {
  const world = new World(t);
  const clock = new FakeClock();
  world.network.hanging.add('createOffer');
  const alice = world.join('lobby', { timeouts: { operation: 1000 } }, { clock });
  await alice.when(({ generation }) => generation === 1);
  await new Promise((resolve) => { setImmediate(resolve); });

  await clock.advance(1000);

  const { code, detail } = await alice.completion;
  assert.equal(code, 'negotiation-failed');
  assert.match(detail, /did not end it in 1 s/);
  assert.equal(world.network.open.length, 0);
});

test('each phase has its deadline', async (t) => {
  const world = new World(t);
  const clock = new FakeClock();
  const alice = world.join('lobby', { parkOffer: false, timeouts: { wait: 5000 } }, { clock });
  await alice.when(({ phase }) => phase === 'waiting');
  assert.deepEqual(clock.running, [5000]);

  await clock.advance(5000);

  assert.equal((await alice.completion).code, 'nobody-came');
});

test('where no peer connection can be made the session ends, and says why', async (t) => {
  const world = new World(t);
  world.network.failing.set('createPeerConnection', 'A bad server.');
  const failed = await world.join('lobby').completion;
  const without = await world.join('lobby', {}, { RTCPeerConnection: null }).completion;

  assert.equal(failed.code, 'peer-connection-failed');
  assert.match(failed.detail, /A bad server/);
  assert.match(without.detail, /no WebRTC/);
});

test('at the end nothing is left open', async (t) => {
  const world = new World(t);
  const clock = new FakeClock();
  const alice = world.join('lobby', { media: { audio: true, video: true } }, { clock });
  await alice.when(({ localMedia }) => localMedia === 'ready');
  const tracks = alice.localStream.getTracks();

  await alice.hangUp();

  assert.deepEqual(clock.running, []);
  assert.deepEqual(tracks.map(({ readyState }) => readyState), ['ended', 'ended']);
  assert.equal(world.network.open.length, 0);
  assert.equal(alice.localStream, null);
});
