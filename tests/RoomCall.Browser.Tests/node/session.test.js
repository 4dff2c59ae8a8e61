import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World, eventOf, messageOf, withCode } from './session-fakes/pair.js';

const phasesOf = (session) => session.states.map(({ phase }) => phase).filter((phase, i, all) => phase !== all[i - 1]);

test('two who meet in a room are in a call, and texts go both ways', async (t) => {
  const { alice, bob } = await new World(t).call();

  await alice.dataChannel.send('hello, Bob');
  assert.equal(await messageOf(bob.dataChannel), 'hello, Bob');
  await bob.dataChannel.send(new Uint8Array([1, 2, 3]));
  assert.deepEqual(await messageOf(alice.dataChannel), new Uint8Array([1, 2, 3]).buffer);

  assert.deepEqual([alice.state.isInitiator, bob.state.isInitiator], [true, false]);
  assert.deepEqual([alice.state.remoteName, bob.state.remoteName], ['Bob', 'Alice']);
  assert.equal(alice.state.remote, bob.state.self);
  assert.deepEqual(phasesOf(alice), ['waiting', 'negotiating', 'connecting', 'connected']);
  assert.deepEqual(phasesOf(bob), ['negotiating', 'connecting', 'connected']);
  assert.equal(Object.isFrozen(alice.state), true);
});

test('the session is there at once, and its first event comes after the present task', async (t) => {
  const alice = new World(t).join('lobby');

  assert.equal(alice.state.phase, 'joining');
  assert.equal(alice.dataChannel.state, 'connecting');
  assert.deepEqual([alice.localStream, alice.remoteStream], [null, null]);
  await alice.when(({ phase }) => phase === 'waiting');
  assert.equal(alice.events[0].type, 'roomJoined');
});

test('the offer is made ahead and left with the server: the one who comes is handed it', async (t) => {
  const world = new World(t);
  const { alice } = await world.call();

  const offers = world.server.said.filter(({ payload }) => payload.includes('"type":"offer"'));
  assert.deepEqual(offers.map(({ kind }) => kind), ['park']);
  assert.equal(world.network.connections.length, 2);
  assert.equal(alice.state.generation, 1);
});

test('without parking the offer is sent when somebody has come', async (t) => {
  const world = new World(t);
  await world.call({ parkOffer: false });

  assert.deepEqual(world.server.said.filter(({ kind }) => kind === 'park'), []);
});

test('what is sent before anybody is there arrives', async (t) => {
  const world = new World(t);
  const alice = world.join('lobby');
  await alice.dataChannel.send('early');
  const bob = world.join('lobby');
  await bob.dataChannel.send('early too');

  assert.equal(await messageOf(bob.dataChannel), 'early');
  assert.equal(await messageOf(alice.dataChannel), 'early too');
});

test('the server\'s ICE servers are added to the page\'s, without empty fields', async (t) => {
  const world = new World(t);
  world.server.iceServers = [{ urls: ['stun:stun.example.org'], username: null }];
  await world.call({ iceServers: [{ urls: 'turn:turn.example.org', username: 'u', credential: 'p' }], iceTransportPolicy: 'relay' });

  assert.deepEqual(world.network.connections[0].configuration, {
    iceServers: [{ urls: 'turn:turn.example.org', username: 'u', credential: 'p' }, { urls: ['stun:stun.example.org'] }],
    iceTransportPolicy: 'relay',
    bundlePolicy: 'max-bundle',
  });
});

test('a further channel is open on this side, and told on the other', async (t) => {
  const { alice, bob } = await new World(t).call();

  const [channel, { channel: received }] = await Promise.all([
    bob.openDataChannel('files', { ordered: false }),
    eventOf(alice, 'dataChannelReceived'),
  ]);

  assert.deepEqual([channel.label, channel.state, received.label], ['files', 'open', 'files']);
  await channel.send('a file');
  assert.equal(await messageOf(received), 'a file');
  await assert.rejects(bob.openDataChannel('sendDataChannel'), withCode('invalid-argument'));
});

test('a further channel needs a call', async (t) => {
  const alice = new World(t).join('lobby');
  await alice.when(({ phase }) => phase === 'waiting');

  await assert.rejects(alice.openDataChannel('files'), withCode('not-connected'));
});

test('a connection that fails is repaired on the same connection, and the data channel goes on', async (t) => {
  const world = new World(t);
  const { alice, bob } = await world.call();
  const channel = alice.dataChannel;

  world.network.fail();

  await Promise.all([eventOf(alice, 'callConnected', 2), eventOf(bob, 'callConnected', 2)]);
  assert.equal((await eventOf(alice, 'recoveryStarted')).attempt, 1);
  assert.equal(world.network.connections.length, 2);
  assert.equal(alice.state.generation, 2);
  assert.equal(alice.dataChannel, channel);
  await channel.send('still here');
  assert.equal(await messageOf(bob.dataChannel), 'still here');
});

test('statistics are those of the connection in hand', async (t) => {
  const world = new World(t);
  const { alice, bob } = await world.call();

  assert.equal((await alice.getStatistics()).get('connection').id, 1);
  await bob.hangUp();
  assert.equal((await bob.getStatistics()).size, 0);
});

test('a predicate that throws rejects its own wait and nothing else', async (t) => {
  const world = new World(t);
  const alice = world.join('lobby');
  const failing = alice.when(({ phase }) => {
    if (phase === 'waiting') {
      throw new RangeError('mine');
    }

    return false;
  });

  await assert.rejects(failing, RangeError);
  await alice.when(({ phase }) => phase === 'waiting');
});

test('nonsense of the other side is dropped and told, and the call goes on', async (t) => {
  const world = new World(t);
  const { alice, bob } = await world.call();

  world.server.inject(bob.state.self, alice.state.self, '{"type":"offer"}');

  assert.equal((await eventOf(alice, 'signalDropped')).code, 'malformed');
  assert.equal(alice.state.phase, 'connected');
});
