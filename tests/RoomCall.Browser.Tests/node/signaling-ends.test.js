import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { joinRoom } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/signaling/resuming-room.js';
import { Bench, CREATED, UNKNOWN_STAY, message } from './signaling/bench.js';
import { settled } from './fake-clock.js';

const NORMAL = 'The connection to the signaling server ended.';

describe('One who is not let in', () => {
  for (const answer of [{ type: 'full', room: 'lobby' }, { type: 'error', code: 'too-many-rooms', detail: 'Come back later.' }]) {
    it(`is told, and then the stay ends normally: ${answer.type}`, async () => {
      const bench = new Bench();
      const [link] = await bench.connect();

      await bench.say(link, answer);

      assert.deepEqual(bench.next(answer.type), answer);
      assert.equal(bench.end(), NORMAL);
      assert.equal(bench.connection.send(null, '1'), false);
      await bench.connection.leave();
    });
  }
});

describe('A refusal on the way in, such as that of a hub', () => {
  it('is the end for one who has not been let in yet', async () => {
    const bench = new Bench();
    const [link] = await bench.connect();

    link.refuse('Not you.');
    await settled();

    assert.equal(bench.end(), 'Not you.');
    assert.equal(bench.transport.attempts, 1);
  });

  it('is the end also where the first link was lost before the answer', async () => {
    const bench = new Bench();
    let [link] = await bench.connect();
    link.cut();
    [link] = await bench.again();

    link.refuse('Not you.');
    await settled();

    assert.equal(bench.end(), 'Not you.');
  });

  it('is a loss for one who has been let in, and the stay goes on when it is no more', async () => {
    const bench = new Bench();
    let [link] = await bench.cut(await bench.enter());
    link.refuse();
    await settled();
    assert.deepEqual(bench.events, []);

    let resume;
    [link, resume] = await bench.again();
    await bench.say(link, { type: 'resumed', received: 0, token: 'second-token' });

    assert.equal(resume.type, 'resume');
    bench.next('resumed');
    assert.deepEqual(bench.events, []);
  });

  it('is a loss too where the server has forgotten the stay', async () => {
    const bench = new Bench();
    let link = await bench.forget(await bench.enter());
    link.refuse();
    await settled();
    assert.deepEqual(bench.events, []);

    [link] = await bench.again();
    await bench.say(link, CREATED);

    bench.next('created');
  });

  it('that lasts is told when the client gives up', async () => {
    const bench = new Bench({ reconnectDelay: (attempt) => (attempt > 2 ? null : 0) });
    let [link] = await bench.cut(await bench.enter());
    link.refuse();
    [link] = await bench.again();
    link.refuse('Not any more.');
    await settled();

    assert.match(bench.end(), /could not be repaired \(2 attempts.*Not any more\./);
  });
});

describe('Leaving', () => {
  it('is told behind all that was sent, and waits for the end that the server says', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    bench.connection.send('you', '1');
    const leaving = watched(bench.connection.leave());
    link.next('message');
    link.next('bye');
    assert.equal(bench.connection.send('you', '2'), false);
    await settled();
    assert.equal(leaving.isDone, false);

    await bench.say(link, { type: 'end', code: 'left' });

    assert.equal(leaving.isDone, true);
    assert.equal(bench.end(), NORMAL);
    assert.equal(link.isClosed, true);
  });

  it('that was cut off is said again', async () => {
    const bench = new Bench();
    let link = await bench.enter();
    const leaving = bench.connection.leave();
    link.next('bye');
    [link] = await bench.cut(link);
    await bench.say(link, { type: 'resumed', received: 0, token: 'second-token' });
    link.next('bye');
    await bench.say(link, { type: 'end', code: 'left' });

    await leaving;
    bench.next('resumed');
    assert.equal(bench.end(), NORMAL);
  });

  it('is done when the server knows the stay no more', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    const leaving = bench.connection.leave();
    const [next] = await bench.cut(link);
    await bench.say(next, UNKNOWN_STAY);

    await leaving;
    assert.equal(bench.end(), NORMAL);
    assert.equal(bench.transport.attempts, 2);
  });

  it('is done when the server kept no seat', async () => {
    const bench = new Bench();
    const link = await bench.enter({ ...CREATED, resume: undefined });
    const leaving = bench.connection.leave();
    link.cut();

    await leaving;
    assert.equal(bench.end(), NORMAL);
    assert.equal(bench.transport.attempts, 1);
  });

  it('is said to a server that had forgotten, and let the client in again meanwhile', async () => {
    const bench = new Bench();
    let link = await bench.forget(await bench.enter());
    const leaving = bench.connection.leave();
    await bench.say(link, CREATED);
    bench.next('created');
    link.next('bye');
    await bench.say(link, { type: 'end', code: 'left' });

    await leaving;
    assert.equal(bench.end(), NORMAL);
  });

  it('before the answer waits for it', async () => {
    const bench = new Bench();
    const [link] = await bench.connect();
    const leaving = bench.connection.leave();
    assert.deepEqual(link.waiting, []);
    await bench.say(link, CREATED);
    link.next('bye');
    await bench.say(link, { type: 'end', code: 'left' });

    await leaving;
  });

  it('before there is a connection asks for none', async () => {
    const bench = new Bench();
    bench.transport.hangs = true;
    await bench.connect();

    await bench.connection.leave();

    assert.deepEqual([bench.transport.attempts, bench.clock.pending, bench.events], [1, 0, []]);
  });
});

describe('Closing', () => {
  it('closes the link, says no bye and tells no event', async () => {
    const bench = new Bench();
    const link = await bench.enter();

    bench.connection.close();

    assert.equal(link.isClosed, true, 'at once');
    bench.connection.close();
    await bench.say(link, message(1));
    link.cut();
    await bench.clock.advance(60000);
    assert.deepEqual([link.waiting, bench.events, bench.transport.attempts, bench.clock.pending], [[], [], 1, 0]);
  });

  it('within an event tells no further one', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    bench.onEvent = () => bench.connection.close();

    await bench.say(link, message(1), message(2));

    bench.next('message');
    assert.deepEqual(bench.events, []);
  });

  it('while the client connects again ends all that waits', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    bench.transport.failure = new Error('unreachable');
    link.cut();
    await settled();
    bench.next('interrupted');
    const leaving = bench.connection.leave();

    bench.connection.close();

    await leaving;
    await bench.clock.advance(60000);
    assert.deepEqual([bench.events, bench.transport.attempts, bench.clock.pending], [[], 1, 0]);
  });

  it('is what an abort signal does, also one that was aborted before', async () => {
    const controller = new AbortController();
    const bench = new Bench({ signal: controller.signal });
    const link = await bench.enter();
    controller.abort();
    assert.equal(link.isClosed, true);

    const late = new Bench({ signal: controller.signal });
    await late.connect();
    assert.deepEqual([late.transport.attempts, late.events, late.clock.pending], [0, [], 0]);
  });

  it('ends a link that comes too late', async () => {
    const bench = new Bench();
    let connected;
    bench.transport.connect = () => new Promise((resolve) => {
      connected = resolve;
    });
    await bench.connect();
    bench.connection.close();
    let isClosed = false;
    connected({ send: assert.fail, close: () => (isClosed = true) });
    await settled();

    assert.equal(isClosed, true);
  });
});

describe('The end that the server says', () => {
  for (const code of ['restarting', 'failed', 'replaced']) {
    it(`is followed by a new connection: ${code}`, async () => {
      const bench = new Bench();
      const link = await bench.enter();
      await bench.say(link, { type: 'end', code, detail: 'Back soon.' });
      bench.next('interrupted');

      const [, first] = await bench.again();

      assert.equal(first.type, 'resume');
      assert.equal(link.isClosed, false, 'a close frame would give up the seat');
    });

    it(`ends the link at once where it can be dropped without a word: ${code}`, async () => {
      const bench = new Bench();
      bench.transport.canDrop = true;
      const link = await bench.enter();

      await bench.say(link, { type: 'end', code });

      assert.deepEqual([link.isDropped, link.isClosed], [true, false]);
    });
  }

  for (const code of ['left', 'refused', 'too-slow', 'too-many-messages', 'malformed', 'too-large', 'timed-out', 'out of coffee']) {
    it(`is the end otherwise, and says why: ${code}`, async () => {
      const bench = new Bench();
      const link = await bench.enter();
      await bench.say(link, { type: 'end', code, detail: 'Because of that.' });
      link.cut();
      await settled();

      const detail = bench.end();
      assert.ok(detail.endsWith('The server says: Because of that.'), detail);
      assert.doesNotMatch(detail, /undefined/);
      assert.equal(bench.transport.attempts, 1);
    });
  }
});

describe('The room and the name', () => {
  it('are text that the protocol has', () => {
    const transport = { connect: assert.fail };
    assert.throws(() => joinRoom(transport, { room: '\ud800' }, () => {}), TypeError);
    assert.throws(() => joinRoom(transport, { room: undefined }, () => {}), TypeError);
    assert.throws(() => joinRoom(transport, { room: 'lobby', name: '' }, () => {}), RangeError);
    assert.throws(() => joinRoom(transport, { room: 'lobby', name: 'x'.repeat(65) }, () => {}), RangeError);
    assert.throws(() => joinRoom(transport, { room: 'lobby', name: '\udc00' }, () => {}), TypeError);
  });
});

function watched(promise) {
  const watch = { isDone: false };
  promise.then(() => {
    watch.isDone = true;
  });
  return watch;
}
