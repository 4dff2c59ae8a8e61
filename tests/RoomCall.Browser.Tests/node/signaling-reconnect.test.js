import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exponentialBackoff } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/signaling/back-off.js';
import { Bench, CREATED, message, UNKNOWN_STAY } from './signaling/bench.js';
import { settled } from './fake-clock.js';

describe('The wait before an attempt', () => {
  it('is doubled up to the longest, and half of it is random', () => {
    const delay = exponentialBackoff();
    for (const [attempt, whole] of [[1, 200], [2, 400], [3, 800], [4, 1600], [5, 3200], [6, 5000], [7, 5000], [2 ** 40, 5000]]) {
      const waits = Array.from({ length: 200 }, () => delay(attempt));
      assert.ok(Math.min(...waits) >= whole / 2 && Math.max(...waits) <= whole, `attempt ${attempt}`);
      assert.ok(Math.max(...waits) - Math.min(...waits) > whole / 4, `attempt ${attempt}`);
    }
  });

  it('has its bounds', () => {
    assert.equal(exponentialBackoff({ random: () => 0 })(1), 100);
    assert.equal(exponentialBackoff({ random: () => 1 })(1), 200);
  });

  it('is none after a time', () => {
    assert.notEqual(exponentialBackoff()(20, 59999), null);
    assert.equal(exponentialBackoff()(20, 60000), null);
    assert.notEqual(exponentialBackoff({ giveUpAfter: Infinity })(20, 1e12), null);
  });
});

describe('Connecting', () => {
  it('is not tried twice at first, and says what the transport said', async () => {
    const bench = new Bench();
    bench.transport.failure = Object.assign(new Error('There is nobody.'), { code: 'signaling-unavailable' });
    await bench.connect();

    assert.equal(bench.end(), 'There is nobody.');
    assert.equal(bench.transport.attempts, 1);
    await bench.connection.leave();
  });

  for (const failure of [new Error('nobody there'), 'nobody there']) {
    it(`may fail in any way: ${typeof failure}`, async () => {
      const bench = new Bench();
      bench.transport.failure = failure;
      await bench.connect();

      assert.equal(bench.end(), 'The signaling server could not be reached: nobody there');
    });
  }

  it('again asks how long to wait, with the number and the time', async () => {
    const asked = [];
    const bench = new Bench({ reconnectDelay: (attempt, elapsed) => asked.push([attempt, elapsed]) && 1000 });
    const link = await bench.enter();
    bench.transport.failure = new Error('unreachable');
    link.cut();
    await bench.clock.advance(2500);
    bench.transport.failure = null;
    await bench.clock.advance(500);

    assert.deepEqual(asked, [[1, 0], [2, 1000], [3, 2000]]);
    assert.equal(bench.transport.links.length, 2);
  });

  it('again is given up where there is no wait, and the last error is told', async () => {
    const bench = new Bench({ reconnectDelay: (attempt) => (attempt > 2 ? null : 0) });
    const link = await bench.enter();
    bench.transport.failure = new Error('unreachable');
    link.cut();
    await settled();
    await bench.clock.advance(1);

    bench.next('interrupted');
    const detail = bench.end();
    assert.match(detail, /2 attempts in 0\.0 s.*unreachable/);
    assert.equal(bench.transport.attempts, 3);
    assert.equal(bench.connection.send(null, '1'), false);
    await bench.connection.leave();
  });

  for (const broken of [
    () => {
      throw new Error('broken policy');
    },
    () => undefined,
    () => NaN,
    () => -1,
    () => '5',
  ]) {
    it(`again ends where the wait is none: ${broken}`, async () => {
      const bench = new Bench({ reconnectDelay: broken });
      const link = await bench.enter();
      link.cut();
      await settled();

      bench.next('interrupted');
      assert.match(bench.end(), /cannot be repaired: (broken policy|reconnectDelay)/);
    });
  }

  it('again to a server that takes every link and loses it is given up', async () => {
    const bench = new Bench();
    let link = await bench.enter();
    while (bench.events.at(-1)?.type !== 'ended') {
      link.cut();
      const { length } = bench.transport.links;
      while (bench.transport.links.length === length && bench.events.at(-1)?.type !== 'ended') {
        await bench.clock.advance(100);
      }

      link = bench.transport.links.at(-1);
      link.say({ type: 'resumed', received: 0, token: 'next-token' });
    }

    assert.match(bench.events.at(-1).detail, /could not be repaired/);
    assert.ok(bench.transport.attempts >= 12 && bench.transport.attempts <= 60, `${bench.transport.attempts}`);
  });

  it('again to a server that forgets, and loses every link, is given up', async () => {
    const bench = new Bench();
    let link = await bench.enter();
    while (bench.events.at(-1)?.type !== 'ended') {
      link.cut();
      const { length } = bench.transport.links;
      while (bench.transport.links.length === length && bench.events.at(-1)?.type !== 'ended') {
        await bench.clock.advance(100);
      }

      link = bench.transport.links.at(-1);
      await bench.say(link, UNKNOWN_STAY);
      link = bench.transport.links.at(-1);
      link.say(CREATED);
    }

    assert.match(bench.events.at(-1).detail, /could not be repaired/);
  });

  it('again by links that end before they are there is given up, whatever an earlier one brought', async () => {
    const asked = [];
    const bench = new Bench({ reconnectDelay: (attempt) => (asked.push(attempt) < 4 ? 0 : null) });
    const link = await bench.enter();
    await bench.say(link, message(1));
    const { connect } = bench.transport;
    bench.transport.connect = async function early(signal, handlers) {
      const next = await connect.call(this, signal, handlers);
      next.cut();
      return next;
    };
    link.cut();
    await bench.clock.advance(1);
    bench.connection.close();

    assert.deepEqual(asked, [1, 2, 3, 4]);
  });

  it('again counts anew after a link that brought the stay on', async () => {
    const asked = [];
    const bench = new Bench({ reconnectDelay: (attempt) => asked.push(attempt) && 100 });
    let link = await bench.enter();
    for (let round = 0; round < 2; round++) {
      [link] = await bench.cut(link);
      await bench.say(link, { type: 'resumed', received: 0, token: `token-${round}` }, message(round));
      bench.next('resumed');
      bench.next('message');
    }

    assert.deepEqual(asked, [1, 1]);
  });
});

describe('A link', () => {
  it('without an answer is lost after ten seconds', async () => {
    const bench = new Bench();
    const [link] = await bench.connect();
    await bench.clock.advance(9999);
    assert.equal(bench.transport.attempts, 1);

    const [, again] = await bench.again();

    assert.equal(again.type, 'create or join');
    assert.equal(link.isClosed, false);
  });

  it('that is silent is asked after 3 s, and is lost after 4 s more', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    await bench.clock.advance(2999);
    assert.deepEqual(link.waiting, ['ack']);
    await bench.clock.advance(1);
    assert.deepEqual(link.waiting, ['ack', 'ping']);
    await bench.clock.advance(3999);
    assert.deepEqual(bench.events, []);

    await bench.clock.advance(1);

    bench.next('interrupted');
    const [, first] = await bench.again();
    assert.equal(first.type, 'resume');
  });

  it('that answers is kept, and is not asked while it speaks', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    for (let round = 0; round < 5; round++) {
      await bench.clock.advance(6500);
      await bench.say(link, { type: 'pong' });
    }

    assert.deepEqual(link.waiting, ['ack', 'ping', 'ping', 'ping', 'ping', 'ping']);
    for (let round = 0; round < 20; round++) {
      await bench.clock.advance(2000);
      await bench.say(link, message(1));
    }

    assert.ok(!link.waiting.slice(6).includes('ping'));
    assert.ok(bench.events.every(({ type }) => type === 'message'));
  });

  it('answers each ping at once of a server that asks twice in a second', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    for (let round = 0; round < 3; round++) {
      await bench.say(link, { type: 'ping' });
      link.next('pong');
      await bench.clock.advance(500);
    }
  });

  it('answers a ping at once also where a timer for an earlier one is late, as on a hidden page', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    await bench.say(link, { type: 'ping' }, { type: 'ping' });
    assert.deepEqual(link.waiting, ['pong']);
    const { now } = bench.clock;
    bench.clock.now = () => now() + 500;

    await bench.say(link, { type: 'ping' });

    assert.deepEqual(link.waiting, ['pong', 'pong']);
  });

  it('is lost without a close frame, which would give up the seat, and closed when a newer one has the seat', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    await bench.clock.advance(7000);
    bench.next('interrupted');
    const [next] = await bench.again();
    await bench.clock.advance(5000);
    assert.equal(link.isClosed, false);
    await bench.say(link, message('too late'));

    await bench.say(next, { type: 'resumed', received: 0, token: 'second-token' });
    await bench.say(link, message('later still'));

    assert.equal(link.isClosed, true);
    assert.equal(next.isClosed, false);
    bench.next('resumed');
    assert.deepEqual(bench.events, []);
  });

  it('is dropped without a word where the transport can do that, at once and for good', async () => {
    const bench = new Bench();
    bench.transport.canDrop = true;
    const link = await bench.enter();
    await bench.clock.advance(7000);
    bench.next('interrupted');
    assert.equal(link.isDropped, true);
    const [next] = await bench.again();

    await bench.say(next, { type: 'resumed', received: 0, token: 'second-token' });
    await bench.say(link, message('too late'));

    bench.next('resumed');
    assert.deepEqual(bench.events, []);
    assert.deepEqual([link.isClosed, next.isClosed, next.isDropped], [false, false, false]);
    bench.connection.close();
    assert.deepEqual([link.isClosed, next.isClosed, next.isDropped], [false, true, false]);
  });

  it('is dropped before the server that has forgotten is asked for the room', async () => {
    const bench = new Bench();
    bench.transport.canDrop = true;
    const [link] = await bench.cut(await bench.enter());
    let isDroppedFirst;
    const { connect } = bench.transport;
    bench.transport.connect = function watch(signal, handlers) {
      isDroppedFirst = link.isDropped;
      return connect.call(this, signal, handlers);
    };

    await bench.say(link, UNKNOWN_STAY);

    assert.equal(isDroppedFirst, true);
    bench.transport.links.at(-1).next('create or join');
  });

  it('that the transport has ended is not dropped', async () => {
    const bench = new Bench();
    bench.transport.canDrop = true;
    const link = await bench.enter();

    await bench.cut(link);

    assert.equal(link.isDropped, false);
  });

  it('that fails at being dropped is lost all the same', async () => {
    const bench = new Bench();
    bench.transport.canDrop = true;
    const link = await bench.enter();
    link.drop = () => {
      throw new Error('It cannot.');
    };
    await bench.clock.advance(7000);
    bench.next('interrupted');

    const [next] = await bench.again();
    await bench.say(next, { type: 'resumed', received: 0, token: 'second-token' });

    bench.next('resumed');
  });

  it('is one of a few that are left alone', async () => {
    const bench = new Bench({ reconnectDelay: () => 0 });
    await bench.enter();
    await bench.clock.advance(7000 + 10 * 10001);

    const open = bench.transport.links.filter((link) => !link.isClosed);
    assert.ok(bench.transport.links.length > 10);
    assert.equal(open.length, 5);
    bench.connection.close();
    assert.ok(bench.transport.links.every((link) => link.isClosed));
  });

  it('that takes no more is heard to its end first', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    link.isBroken = true;
    bench.connection.send('you', '1');
    await bench.say(link, { type: 'end', code: 'too-slow' });

    assert.match(bench.end(), /too slowly/);
  });

  it('that takes no more and says nothing is lost after a second', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    link.isBroken = true;
    bench.connection.send('you', '1');
    bench.connection.send('you', '2');
    await bench.clock.advance(1000);
    bench.next('interrupted');
    const [next] = await bench.again();
    await bench.say(next, { type: 'resumed', received: 0, token: 'second-token' });

    assert.deepEqual([next.next().payload, next.next().payload], [1, 2]);
  });

  it('that takes not even the first frame is made again', async () => {
    const bench = new Bench();
    const { connect } = bench.transport;
    bench.transport.connect = async () => null;
    await bench.connect();
    bench.transport.connect = connect;

    const [link] = await bench.again();
    await bench.say(link, CREATED);

    bench.next('created');
  });

  it('that ended before it was there is made again', async () => {
    const bench = new Bench();
    const { connect } = bench.transport;
    bench.transport.connect = async function early(signal, handlers) {
      const link = await connect.call(this, signal, handlers);
      link.cut();
      return link;
    };
    await bench.connect();
    bench.transport.connect = connect;

    const [link, first] = await bench.again();
    assert.equal(first.type, 'create or join');
    await bench.say(link, CREATED);
    bench.next('created');
  });
});

describe('What is sent while the server cannot be reached', () => {
  it('waits within a bound of messages, above which the stay ends', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    bench.transport.failure = new Error('unreachable');
    link.cut();
    await settled();
    bench.next('interrupted');
    for (let number = 0; number < 1024; number++) {
      assert.equal(bench.connection.send('you', '1'), true);
    }

    assert.equal(bench.connection.send('you', '1'), false);
    assert.deepEqual(bench.events, [], 'no event within a call');
    await settled();
    assert.match(bench.end(), /1024 messages/);
  });

  it('waits within a bound of bytes', async () => {
    const bench = new Bench();
    await bench.enter();
    assert.equal(bench.connection.send('you', `"${'é'.repeat(512 * 1024)}"`), true, 'the last one may go above it');
    assert.equal(bench.connection.send('you', '1'), false);
    await settled();
    assert.match(bench.end(), /1048576 bytes/);
  });

  it('does not keep one from leaving', async () => {
    const bench = new Bench();
    let link = await bench.enter();
    for (let number = 0; number < 1024; number++) {
      bench.connection.send('you', '1');
    }

    bench.connection.leave();
    assert.equal(link.waiting.at(-1), 'bye');
  });
});
