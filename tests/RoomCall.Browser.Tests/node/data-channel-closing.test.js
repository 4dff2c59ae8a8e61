import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeDataChannel } from './session-fakes/data-channel.js';
import { ChannelCore } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/session/channel-core.js';
import { EARLY_LIMIT, EarlyClosings } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/session/early-closings.js';

const limits = { sendQueueLimit: 10, sendBufferLimit: 100 };

function attached(init = {}) {
  const told = [];
  const core = new ChannelCore('files', limits, undefined, (closing) => told.push(closing));
  const browsers = Object.assign(new FakeDataChannel('files'), { id: 4 }, init);
  core.attach({ channel: browsers, maxMessageSize: 1000 });
  return { core, channel: core.channel, browsers, told };
}

function open(init) {
  const one = attached(init);
  one.browsers.open();
  return one;
}

async function textsOf(channel) {
  const texts = [];
  for await (const text of channel) {
    texts.push(text);
  }

  return texts;
}

test('who closes a channel is told of with the number of messages that were sent', async () => {
  const { channel, browsers, told } = open();
  await channel.send('one');
  await channel.send('');
  const closing = channel.close();
  browsers.flush();
  browsers.endClosing();
  await closing;

  assert.deepEqual(told, [{ id: 4, messages: 2, isAnswer: false }]);
});

test('what waits for room is sent and counted before it is told', async () => {
  const { channel, browsers, told } = open();
  await channel.send('x'.repeat(100));
  const waiting = channel.send('two');
  void channel.close();
  assert.deepEqual(told, []);

  browsers.flush();
  await waiting;
  browsers.flush();

  assert.deepEqual(told, [{ id: 4, messages: 2, isAnswer: false }]);
});

test('a channel that the browser sees closing, that ends with its connection, or that has no number is not told', () => {
  const seen = open();
  seen.browsers.beginClosing();
  void seen.channel.close();
  const cut = open();
  cut.core.abort(null);
  const [early, broken] = [null, 65535].map((id) => open({ id }));
  void early.channel.close();
  void broken.channel.close();

  assert.deepEqual([seen, cut, early, broken].flatMap(({ told }) => told), []);
  assert.ok(early.browsers.isCloseCalled && broken.browsers.isCloseCalled);
});

test('a channel that the other side has closed is closed when as many messages have come, whatever the browser says of it', async () => {
  const { core, channel, browsers, told } = open();
  browsers.receive('one');
  core.closeAfter(2);
  core.closeAfter(0);
  assert.equal(channel.state, 'open');

  browsers.receive('two');

  assert.equal(channel.state, 'closed');
  assert.deepEqual(await textsOf(channel), ['one', 'two']);
  assert.deepEqual(told, [{ id: 4, messages: 0, isAnswer: true }]);
  browsers.beginClosing();
  browsers.endClosing();
  assert.equal(told.length, 1);
});

test('one that is told before it opens opens first', async () => {
  const { core, channel, browsers } = attached();
  const opened = core.whenOpen();
  core.closeAfter(0);
  assert.equal(channel.state, 'connecting');

  browsers.open();

  await opened;
  assert.equal(channel.state, 'closed');
});

test('of early words a bounded number is kept, the latest, each for its connection', () => {
  const closings = new EarlyClosings();
  for (let channel = 0; channel < 65535; channel++) {
    closings.add(1, channel, channel);
    closings.add(1, channel, 0);
  }

  assert.equal(closings.take(2, 65534), null);
  assert.equal(closings.take(1, 65534), 65534);
  assert.equal(closings.take(1, 65534), null);
  assert.equal(closings.take(1, 65535 - EARLY_LIMIT), 65535 - EARLY_LIMIT);
  assert.equal(closings.take(1, 65534 - EARLY_LIMIT), null);
});
