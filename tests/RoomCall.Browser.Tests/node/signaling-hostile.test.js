import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Bench, CREATED, message } from './signaling/bench.js';

describe('A server that means harm', () => {
  const noFrames = [
    '', 'null', '[]', '{}', '{', '\u0000', 'hello', '{"type":1}', '{"type":"message"}', '{"type":"ack","received":-1}', '{"type":"end"}',
    '{"type":"joined"}', '['.repeat(1000), `{"type":"pong","more":"${'x'.repeat(1024 * 1024)}"}`,
  ];
  const outOfTurn = [
    '{"type":"created","room":"lobby","self":"me"}', '{"type":"full","room":"lobby"}', '{"type":"resumed","received":0,"token":"t"}',
    '{"type":"joined","room":"lobby","self":"me","peers":["you"],"initiator":"you"}', '{"type":"ack","received":1}',
    '{"type":"ack","received":9007199254740991}',
  ];
  const beforeTheAnswer = [
    '{"type":"ack","received":0}', '{"type":"resumed","received":0,"token":"t"}', '{"type":"join","peer":"you","initiator":"me"}',
    '{"type":"message","from":"you","payload":1}', '{"type":"left","peer":"you","reason":"left","initiator":"me"}',
  ];
  const beforeResumed = [
    '{"type":"ack","received":0}', '{"type":"message","from":"you","payload":1}', '{"type":"created","room":"lobby","self":"me"}',
    '{"type":"resumed","received":1,"token":"t"}', '{"type":"log","lines":["hello"]}',
  ];

  for (const frame of [...noFrames, ...outOfTurn]) {
    it(`ends the stay: ${frame.slice(0, 80)}`, async () => {
      const bench = new Bench();
      await expectMalformed(bench, await bench.enter(), frame);
    });
  }

  for (const frame of [...noFrames, ...beforeTheAnswer]) {
    it(`ends it before the answer too: ${frame.slice(0, 80)}`, async () => {
      const bench = new Bench();
      const [link] = await bench.connect();
      await expectMalformed(bench, link, frame);
    });
  }

  for (const frame of [...noFrames, ...beforeResumed]) {
    it(`ends it before the resumed too: ${frame.slice(0, 80)}`, async () => {
      const bench = new Bench();
      const [link] = await bench.cut(await bench.enter());
      await expectMalformed(bench, link, frame);
    });
  }

  it('has had less than it said', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    bench.connection.send('you', '1');
    bench.connection.send('you', '2');
    await bench.say(link, { type: 'ack', received: 2 });
    await expectMalformed(bench, link, '{"type":"ack","received":1}');
  });

  it('has had a frame that was not sent yet', async () => {
    const bench = new Bench();
    const [link] = await bench.cut(await bench.enter());
    bench.connection.send('you', '1');
    await expectMalformed(bench, link, '{"type":"resumed","received":1,"token":"t"}');
  });

  it('says a word of a later version before resumed, which is passed over', async () => {
    const bench = new Bench();
    let [link] = await bench.cut(await bench.enter());
    await bench.say(link, { type: 'welcome' }, { type: 'resumed', received: 0, token: 'second-token' });
    bench.next('resumed');

    const [, resume] = await bench.cut(link);

    assert.equal(resume.received, 1);
  });

  it('sends its log and no answer', async () => {
    const bench = new Bench();
    const [link] = await bench.connect();
    await bench.say(link, ...Array(101).fill({ type: 'log', lines: ['one'] }));

    bench.events.splice(0, 101);
    assert.match(bench.end(), /log and no answer/);
  });

  it('floods with pings, and is not answered in kind', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    for (let moment = 0; moment < 1000; moment += 50) {
      await bench.say(link, ...Array(100).fill({ type: 'ping' }));
      await bench.clock.advance(50);
    }

    assert.deepEqual(link.waiting, ['pong', 'pong', 'pong', 'pong', 'pong', 'pong'], 'one at once, and five in each second');
    await bench.clock.advance(1000);
    assert.equal(link.waiting.filter((type) => type === 'pong').length, 6);
  });

  it('says what the page fails at, which is reported, and the stay goes on', async (test) => {
    const reported = [];
    globalThis.reportError = (error) => reported.push(error.message);
    test.after(() => delete globalThis.reportError);
    const bench = new Bench();
    const link = await bench.enter();
    bench.onEvent = ({ payload }) => {
      throw new Error(`fault ${payload}`);
    };

    await bench.say(link, message(1), message(2));

    assert.deepEqual(reported, ['fault 1', 'fault 2']);
    assert.deepEqual(bench.events.map(({ payload }) => payload), ['1', '2']);
  });
});

async function expectMalformed(bench, link, frame) {
  await bench.say(link, frame);
  assert.match(bench.end(), /does not follow the protocol/);
  assert.equal(link.isClosed, true);
  assert.equal(bench.connection.send(null, '1'), false);
}
