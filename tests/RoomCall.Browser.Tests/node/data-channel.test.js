import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeDataChannel } from './session-fakes/data-channel.js';
import { ChannelCore } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/session/channel-core.js';
import { sizeOf } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/session/message-size.js';
import { RECEIVE_LIMIT } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/session/receive-side.js';

const limits = { sendQueueLimit: 10, sendBufferLimit: 100 };
const withCode = (code) => (error) => error.name === 'RoomCallError' && error.code === code;

function connecting() {
  const states = [];
  const core = new ChannelCore('sendDataChannel', limits, (state) => states.push(state));
  return { core, states, channel: core.channel };
}

function attached(maxMessageSize = 1000) {
  const one = connecting();
  const browsers = new FakeDataChannel();
  one.core.attach({ channel: browsers, maxMessageSize });
  return { ...one, browsers };
}

function open(maxMessageSize) {
  const one = attached(maxMessageSize);
  one.browsers.open();
  return one;
}

const nextTurn = () => new Promise((resolve) => { setImmediate(resolve); });

async function isPending(promise) {
  const pending = Symbol('pending');
  return (await Promise.race([promise, nextTurn().then(() => pending)])) === pending;
}

test('what is sent before the channel opens waits for it, in order', async () => {
  const { core, channel, states } = connecting();
  await channel.send('one');
  const bytes = new Uint8Array([1, 2]);
  await channel.send(bytes);
  bytes[0] = 9;
  const browsers = new FakeDataChannel();
  core.attach({ channel: browsers, maxMessageSize: 1000 });
  assert.equal(channel.bufferedAmount, 5);
  assert.equal(channel.state, 'connecting');

  browsers.open();

  assert.deepEqual(browsers.sent, ['one', new Uint8Array([1, 2]).buffer]);
  assert.deepEqual(states, ['open']);
});

test('what waits for the channel to open has a bound, also for empty messages', async () => {
  const { channel } = connecting();
  await channel.send('123456789');
  await assert.rejects(channel.send('12'), withCode('send-queue-full'));
  await channel.send('');

  await assert.rejects(channel.send(''), withCode('send-queue-full'));
});

test('a message larger than the channel takes is refused, and one taken before it opened fails the channel', async () => {
  const small = open(4);
  await assert.rejects(small.channel.send('12345'), withCode('message-too-large'));
  assert.equal(small.channel.state, 'open');
  assert.equal(small.channel.maxMessageSize, 4);

  const { core, channel } = connecting();
  await channel.send('12345');
  const browsers = new FakeDataChannel();
  core.attach({ channel: browsers, maxMessageSize: 4 });
  browsers.open();
  assert.equal(channel.state, 'closed');
  await assert.rejects(async () => { for await (const _ of channel); }, withCode('message-too-large'));
});

test('while too much is buffered sending waits, and goes on in order at half of it', async () => {
  const { channel, browsers } = open();
  assert.equal(browsers.bufferedAmountLowThreshold, 50);
  await channel.send('x'.repeat(100));
  const second = channel.send('second');
  const third = channel.send('third');
  assert.equal(await isPending(second), true);
  assert.equal(channel.bufferedAmount, 111);

  browsers.flush();

  await Promise.all([second, third]);
  assert.deepEqual(browsers.sent.slice(1), ['second', 'third']);
});

test('a sender that waits when the channel closes is told', async () => {
  const { channel, browsers } = open();
  await channel.send('x'.repeat(100));
  const waiting = channel.send('never sent');

  browsers.beginClosing();

  await assert.rejects(waiting, withCode('data-channel-closed'));
  assert.equal(channel.state, 'closing');
  await assert.rejects(channel.send('late'), withCode('data-channel-closed'));
});

test('what the browser refuses to send rejects its sender alone', async () => {
  const { channel, browsers } = open();
  browsers.failsToSend = true;

  await assert.rejects(channel.send('one'), withCode('data-channel-closed'));

  assert.equal(channel.state, 'open');
});

test('only texts and bytes are messages', async () => {
  const { channel } = open();

  await assert.rejects(channel.send({}), withCode('invalid-argument'));
  await assert.rejects(channel.send(null), withCode('invalid-argument'));
});

test('closing delivers first what waits and what the browser buffers', async () => {
  const { channel, browsers } = open();
  await channel.send('x'.repeat(100));
  const waiting = channel.send('last');

  const closed = channel.close();

  assert.equal(channel.state, 'closing');
  await assert.rejects(channel.send('late'), withCode('data-channel-closed'));
  assert.equal(browsers.isCloseCalled, false);
  browsers.flush();
  await waiting;
  assert.equal(browsers.isCloseCalled, false, 'the last is still buffered');
  browsers.flush();
  assert.equal(browsers.isCloseCalled, true);
  assert.equal(await isPending(closed), true);
  browsers.endClosing();
  await closed;
  await channel.close();
  assert.equal(channel.state, 'closed');
});

test('a channel that is closed before it has a connection ends at once, and closes what it gets', async () => {
  const { core, channel } = connecting();
  await channel.close();
  const browsers = new FakeDataChannel();

  core.attach({ channel: browsers, maxMessageSize: 0 });

  assert.equal(browsers.isCloseCalled, true);
  await assert.rejects(core.whenOpen(), withCode('data-channel-closed'));
});

test('messages wait for the first who listens, and listeners that are added together all get them', async () => {
  const { channel, browsers } = open();
  browsers.receive('early');
  const heard = [];
  await nextTurn();
  channel.addEventListener('message', ({ detail }) => heard.push(`one ${detail}`));
  channel.addEventListener('message', { handleEvent: ({ detail }) => heard.push(`two ${detail}`) });
  await nextTurn();

  browsers.receive('late');

  assert.deepEqual(heard, ['one early', 'two early', 'one late', 'two late']);
});

test('a listener that listens once gets one message, and the next waits for another', async () => {
  const { channel, browsers } = open();
  const heard = [];
  const hear = ({ detail }) => heard.push(detail);
  channel.addEventListener('message', hear, { once: true });
  browsers.receive('one');
  browsers.receive('two');
  await nextTurn();
  assert.deepEqual(heard, ['one']);

  const leaving = new AbortController();
  channel.addEventListener('message', hear, { signal: leaving.signal });
  channel.addEventListener('message', hear);
  await nextTurn();
  leaving.abort();
  browsers.receive('three');

  assert.deepEqual(heard, ['one', 'two']);
});

test('for await takes the messages, and ends with the channel', async () => {
  const { channel, browsers } = open();
  browsers.receive('one');
  const heard = [];
  const reading = (async () => {
    for await (const message of channel) {
      heard.push(message);
    }
  })();
  await nextTurn();
  browsers.receive(new Uint8Array([7]).buffer);
  browsers.beginClosing();
  browsers.endClosing();

  await reading;

  assert.deepEqual(heard, ['one', new Uint8Array([7]).buffer]);
});

test('a reader that gives up takes no message from others', async () => {
  const { channel, browsers } = open();
  const reader = channel[Symbol.asyncIterator]();
  const pending = reader.next();
  await reader.return();
  assert.deepEqual(await pending, { done: true, value: undefined });

  browsers.receive('for the other');

  const other = channel[Symbol.asyncIterator]();
  assert.deepEqual(await other.next(), { done: false, value: 'for the other' });
});

test('a channel that is cut off tells its readers, after what has arrived', async () => {
  const { channel, browsers } = open();
  browsers.receive('arrived');
  browsers.cutOff();
  const reader = channel[Symbol.asyncIterator]();

  assert.deepEqual(await reader.next(), { done: false, value: 'arrived' });
  await assert.rejects(reader.next(), withCode('data-channel-closed'));
});

test('what nobody reads has a bound', async () => {
  const { channel, browsers } = open();
  const quarter = new ArrayBuffer(RECEIVE_LIMIT / 4);
  for (let i = 0; i < 4; i++) {
    browsers.receive(quarter);
  }

  assert.equal(channel.state, 'closed');
  assert.equal(browsers.isCloseCalled, true);
});

test('a channel that never opened is taken over to the next connection with what waits on it', async () => {
  const { core, channel, browsers: first } = attached();
  await channel.send('early');
  assert.equal(core.tryDetach(), true);
  first.open();
  first.endClosing();
  assert.equal(channel.state, 'connecting');

  const second = new FakeDataChannel();
  core.attach({ channel: second, maxMessageSize: 1000 });
  second.open();

  assert.deepEqual([first.sent, second.sent], [[], ['early']]);
  assert.equal(core.tryDetach(), false);
});

test('its state moves on only, and each move is told once', async () => {
  const { channel, browsers, states } = attached();
  const told = [];
  channel.addEventListener('statechange', ({ detail }) => told.push(detail));
  browsers.open();
  browsers.open();
  browsers.beginClosing();
  browsers.endClosing();
  browsers.open();
  await nextTurn();

  assert.deepEqual(states, ['open', 'closing', 'closed']);
  assert.deepEqual(told, states);
});

test('a channel that comes open is open', () => {
  const { core, channel, states } = connecting();
  const browsers = new FakeDataChannel();
  browsers.readyState = 'open';

  core.attach({ channel: browsers, maxMessageSize: 1000 });

  assert.equal(channel.state, 'open');
  assert.deepEqual(states, ['open']);
});

test('the size of a text is that of its UTF-8', () => {
  for (const text of ['', 'a', 'ä', '€', '😀', 'a😀€ä', '\ud800', '\udc00', '\ud800a', '\udc00\ud800']) {
    assert.equal(sizeOf(text), new TextEncoder().encode(text).length, JSON.stringify(text));
  }

  assert.equal(sizeOf(new Uint16Array(3)), 6);
  assert.equal(sizeOf(new ArrayBuffer(5)), 5);
});
