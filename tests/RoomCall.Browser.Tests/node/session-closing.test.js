import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World, eventOf, messageOf } from './session-fakes/pair.js';

const nextTurn = () => new Promise((resolve) => { setImmediate(resolve); });

async function turns(count = 20) {
  for (let i = 0; i < count; i++) {
    await nextTurn();
  }
}

/** A call in which Bob was told that Alice's engine cannot close a channel. */
async function callOfPoorer(test) {
  const world = new World(test);
  world.network.hidesClosing = true;
  world.server.change = (payload) => payload.replace('{"type":"offer"', '{"type":"offer","closeByMessage":true');
  const { alice, bob } = await world.call();
  return { world, alice, bob };
}

async function open(opens, accepts, label = 'files', init = {}) {
  const count = accepts.events.filter(({ type }) => type === 'dataChannelReceived').length + 1;
  const [near, { channel: far }] = await Promise.all([
    opens.openDataChannel(label, init),
    eventOf(accepts, 'dataChannelReceived', count),
  ]);
  return { near, far };
}

const closingsIn = (world) => world.server.said.map(({ payload }) => JSON.parse(payload)).filter(({ type }) => type === 'close channel');

const say = (world, from, to, channel, messages, generation = 1) =>
  world.server.inject(from.state.self, to.state.self, JSON.stringify({ type: 'close channel', channel, messages, generation }));

const hasSaidBye = (world) => world.server.said.some(({ payload }) => payload === '"bye"');

const idOf = (world) => world.network.connections[0].channels.at(-1).id;

async function textsOf(channel) {
  const texts = [];
  for await (const text of channel) {
    texts.push(text);
  }

  return texts;
}

test('between browsers nothing is told of a channel that is closed', async (t) => {
  const world = new World(t);
  const { alice, bob } = await world.call();
  const { near, far } = await open(alice, bob);

  await near.close();

  assert.deepEqual(await textsOf(far), []);
  assert.deepEqual(closingsIn(world), []);
});

test('one whose engine cannot see it is told of a channel that is closed, and its answer ends the waiting', async (t) => {
  const { world, alice, bob } = await callOfPoorer(t);
  const { near } = await open(bob, alice);
  await near.send('one');
  await near.send('two');
  const closing = near.close();
  await turns();
  const channel = idOf(world);
  assert.deepEqual(closingsIn(world), [{ type: 'close channel', channel, messages: 2, generation: 1 }]);
  assert.equal(near.state, 'closing');

  say(world, alice, bob, channel, 0);

  await closing;
  assert.equal(near.state, 'closed');
  assert.deepEqual(await textsOf(near), []);
  assert.equal(closingsIn(world).length, 1);
});

test('a channel that the other side has closed is closed when all has come that was sent on it', async (t) => {
  const { world, alice, bob } = await callOfPoorer(t);
  const { near, far } = await open(alice, bob);
  say(world, alice, bob, idOf(world), 2);
  await near.send('one');
  await turns();
  assert.equal(far.state, 'open');

  await near.send('two');

  assert.deepEqual(await textsOf(far), ['one', 'two']);
  assert.equal(far.state, 'closed');
  assert.deepEqual(closingsIn(world), [], 'who has closed it waits for no answer');
  assert.equal(bob.state.phase, 'connected');
});

test('the call\'s own channel is closed too, and the call goes on', async (t) => {
  const { world, alice, bob } = await callOfPoorer(t);
  const { dataChannel } = bob;
  say(world, alice, bob, idOf(world), 0);

  assert.deepEqual(await textsOf(dataChannel), []);
  await bob.when(({ dataChannelState }) => dataChannelState === 'closed');
  assert.equal(bob.state.phase, 'connected');
});

test('the word may come before the channel', async (t) => {
  const { world, alice, bob } = await callOfPoorer(t);
  say(world, alice, bob, idOf(world) + 2, 1);
  await turns();
  const { near, far } = await open(alice, bob);
  await near.send('one');

  assert.deepEqual(await textsOf(far), ['one']);
});

test('a channel that may lose messages does not wait for them', async (t) => {
  const { world, alice, bob } = await callOfPoorer(t);
  const { far } = await open(alice, bob, 'pings', { maxRetransmits: 0 });
  say(world, alice, bob, idOf(world), 1000);

  assert.deepEqual(await textsOf(far), []);
});

test('the word of another connection, of no channel, or of nonsense closes nothing', async (t) => {
  const { world, alice, bob } = await callOfPoorer(t);
  const { near, far } = await open(alice, bob);
  const channel = idOf(world);
  say(world, alice, bob, channel, 0, 2);
  for (let other = 100; other < 300; other++) {
    say(world, alice, bob, other, 0);
  }

  for (const nonsense of [[-1, 0], ['2', 0], [channel, -1], [channel, 1e20], [channel, null]]) {
    say(world, alice, bob, ...nonsense);
  }

  await turns(300);
  await near.send('still there');
  assert.equal(await messageOf(far), 'still there');
  const dropped = bob.events.filter(({ type }) => type === 'signalDropped').map(({ code }) => code);
  assert.deepEqual(dropped, ['stale', 'malformed', 'malformed', 'malformed', 'malformed', 'malformed']);
});

test('a hang-up has delivered when the other side has told of each channel, and says bye then', async (t) => {
  const { world, alice, bob } = await callOfPoorer(t);
  await open(bob, alice);
  const hangingUp = bob.hangUp();
  await turns();
  const told = closingsIn(world);
  assert.deepEqual(told.map(({ messages }) => messages), [0, 0]);
  assert.equal(hasSaidBye(world), false);

  for (const { channel } of told) {
    say(world, alice, bob, channel, 0);
  }

  await turns();
  assert.equal(hasSaidBye(world), true, 'before any time-out');
  await hangingUp;
});

test('a hang-up does not wait for what the browser takes no more', async (t) => {
  const { world, alice, bob } = await callOfPoorer(t);
  const hangingUp = bob.hangUp();
  await turns();

  say(world, alice, bob, closingsIn(world)[0].channel, 1000);
  await turns();

  assert.equal(hasSaidBye(world), true, 'before any time-out');
  await hangingUp;
});

test('between browsers a hang-up tells of no channel', async (t) => {
  const world = new World(t);
  const { alice, bob } = await world.call();
  await open(bob, alice);

  await bob.hangUp();

  assert.deepEqual(closingsIn(world), []);
});
