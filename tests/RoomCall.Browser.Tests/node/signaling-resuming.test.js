import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Bench, CREATED, CREATED_EVENT, JOINED, UNKNOWN_STAY, message } from './signaling/bench.js';
import { settled } from './fake-clock.js';

describe('A stay', () => {
  it('begins with a request that has a new secret and the name', async () => {
    const [, first] = await new Bench({ name: 'Alice' }).connect();
    const [, second] = await new Bench().connect();

    assert.deepEqual({ ...first, secret: null }, { type: 'create or join', room: 'lobby', name: 'Alice', secret: null });
    assert.match(first.secret, /^[A-Za-z0-9_-]{22}$/);
    assert.notEqual(second.secret, first.secret);
    assert.equal('name' in second, false);
  });

  it('does not say again what went with the request', async () => {
    const bench = new Bench();
    bench.transport.takesFirst = true;
    let link = await bench.enter();
    assert.deepEqual(link.next(), { type: 'ack', received: 1 }, 'at once: the server knows then that it is heard');
    bench.connection.send('you', '1');
    assert.deepEqual(link.next(), { type: 'message', to: 'you', payload: 1 });

    [link] = await bench.cut(link);
    await bench.say(link, { type: 'resumed', received: 1, token: 'second-token' });
    assert.deepEqual(link.next(), { type: 'ack', received: 1 });
    bench.connection.send('you', '2');
    assert.deepEqual(link.next(), { type: 'message', to: 'you', payload: 2 });
  });

  it('takes what came before the transport said that the link is up', async () => {
    const bench = new Bench();
    bench.transport.takesFirst = true;
    bench.transport.early = [CREATED, message('hello')];
    await bench.connect();

    assert.deepEqual(bench.events, [CREATED_EVENT, { type: 'message', from: 'you', payload: '"hello"' }]);
  });

  it('takes what came even where the link has ended by then', async () => {
    const bench = new Bench();
    bench.transport.takesFirst = true;
    bench.transport.early = [{ type: 'full', room: 'lobby' }, null];
    await bench.connect();

    bench.next('full');
    bench.end();
  });

  it('ends where the server says much before the link is up', async () => {
    const bench = new Bench();
    bench.transport.takesFirst = true;
    bench.transport.early = Array.from({ length: 1100 }, () => ({ type: 'log', lines: [] }));
    await bench.connect();

    assert.match(bench.end(), /before the link is up/);
  });

  it('tells log, created and what the others do, in order', async () => {
    const bench = new Bench();
    const [link] = await bench.connect();
    await bench.say(link, { type: 'log', lines: ['one'] }, CREATED, { type: 'join', peer: 'you', initiator: 'me', name: 'Bob', parked: 1 }, message('hello'));

    assert.deepEqual(bench.events, [
      { type: 'log', lines: ['one'] },
      CREATED_EVENT,
      { type: 'join', peer: 'you', initiator: 'me', name: 'Bob', parked: 1 },
      { type: 'message', from: 'you', payload: '"hello"' },
    ]);
  });

  it('tells joined with names and ICE servers', async () => {
    const bench = new Bench();
    const [link] = await bench.connect();
    await bench.say(link, { ...JOINED, names: { you: 'Bob' }, iceServers: [{ urls: 'stun:a' }, { urls: ['turn:b'], username: 'u', credential: 'p' }] });

    const { names, iceServers, initiator, peers } = bench.next('joined');
    assert.equal(names.you, 'Bob');
    assert.deepEqual({ iceServers, initiator, peers }, {
      iceServers: [{ urls: ['stun:a'] }, { urls: ['turn:b'], username: 'u', credential: 'p' }],
      initiator: 'you',
      peers: ['you'],
    });
  });

  it('sends nothing counted before the server has answered', async () => {
    const bench = new Bench();
    const [link] = await bench.connect();
    bench.connection.send('you', '1');
    await bench.say(link, { type: 'ping' });
    link.next('pong');
    assert.deepEqual(link.waiting, []);

    await bench.say(link, CREATED);

    assert.deepEqual(link.next(), { type: 'message', to: 'you', payload: 1 });
  });

  it('may be spoken to out of its own events', async () => {
    const bench = new Bench();
    bench.onEvent = ({ type }) => type === 'created' && bench.connection.send(null, '1');
    const link = await bench.enter();

    assert.deepEqual(link.next(), { type: 'message', payload: 1 });
  });

  it('keeps what is parked in order with what is sent, also over a loss', async () => {
    const bench = new Bench();
    let link = await bench.enter();
    bench.connection.park(7, '1');
    bench.connection.send('you', '2');
    [link] = await bench.cut(link);
    await bench.say(link, { type: 'resumed', received: 0, token: 'second-token' });

    assert.deepEqual(link.next(), { type: 'park', generation: 7, payload: 1 });
    assert.deepEqual(link.next(), { type: 'message', to: 'you', payload: 2 });
  });

  it('lets out no payload that is none', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    for (const payload of ['', 'hello', '1 2', '1,"to":"you"', '1}{', '"\ud800"', '\u0000', `${'['.repeat(64)}${']'.repeat(64)}`, undefined, 5]) {
      assert.throws(() => bench.connection.send('you', payload), TypeError);
      assert.throws(() => bench.connection.park(1, payload), TypeError);
    }

    for (const generation of [0, 1.5, undefined]) {
      assert.throws(() => bench.connection.park(generation, '1'), RangeError);
    }

    bench.connection.send('you', `${'['.repeat(63)}"[[["${']'.repeat(63)}`);
    link.next('message');
  });
});

describe('Counting', () => {
  it('takes all frames of the server but ack, ping, pong, resumed and end', async () => {
    const bench = new Bench();
    const [link] = await bench.connect();
    await bench.say(
      link,
      { type: 'log', lines: ['one'] }, // 1
      JOINED, // 2
      { type: 'ping' },
      { type: 'pong' },
      { type: 'ack', received: 0 },
      message(1), // 3
      { type: 'error', code: 'unknown-peer', detail: 'gone' }, // 4
      { type: 'of a later version' }, // 5
      '{"type":"message","from":"you","payload":{"a":}}', // 6
      { type: 'left', peer: 'you', reason: 'left', initiator: 'me' }, // 7
    );
    assert.deepEqual(bench.events.splice(0).map(({ type }) => type), ['log', 'joined', 'message', 'error', 'left']);

    const [, resume] = await bench.cut(link);

    assert.equal(resume.received, 7);
  });

  it('goes on over a resume, with the token that it brought', async () => {
    const bench = new Bench();
    let [link, resume] = await bench.cut(await bench.enter());
    assert.deepEqual(resume, { type: 'resume', room: 'lobby', self: 'me', token: 'first-token', received: 1 });
    await bench.say(link, { type: 'resumed', received: 0, token: 'second-token' }, message(1));
    bench.next('resumed');
    bench.next('message');

    [, resume] = await bench.cut(link);

    assert.deepEqual([resume.received, resume.token], [2, 'second-token']);
  });

  it('shows a token again whose answer was never heard', async () => {
    const bench = new Bench();
    const [link] = await bench.cut(await bench.enter());
    link.cut();

    const [, again] = await bench.again();

    assert.deepEqual([again.type, again.token], ['resume', 'first-token']);
    assert.deepEqual(bench.events, [], 'a loss is told once');
  });

  it('sends again what the server had not got, and no more', async () => {
    const bench = new Bench();
    let link = await bench.enter();
    ['1', '2', '3'].forEach((text) => bench.connection.send('you', text));
    [link] = await bench.cut(link);
    bench.connection.send('you', '4');
    await bench.say(link, { type: 'resumed', received: 1, token: 'second-token' });

    assert.deepEqual([link.next().payload, link.next().payload, link.next().payload, link.next()], [2, 3, 4, undefined]);
  });
});

describe('An acknowledgement', () => {
  it('is due after 32 frames', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    await bench.say(link, ...Array(63).fill(message(1)));

    assert.deepEqual([link.next(), link.next(), link.next()], [{ type: 'ack', received: 32 }, { type: 'ack', received: 64 }, undefined]);
  });

  it('is due after 64 KiB, in bytes', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    await bench.say(link, message('é'.repeat(20000)));
    assert.deepEqual(link.waiting, []);

    await bench.say(link, message('é'.repeat(20000)));

    assert.deepEqual(link.next(), { type: 'ack', received: 3 });
  });

  it('comes in two seconds at the latest, and once', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    await bench.say(link, message(1));
    await bench.clock.advance(1999);
    assert.deepEqual(link.waiting, []);

    await bench.clock.advance(1);

    assert.deepEqual(link.next(), { type: 'ack', received: 2 });
    await bench.say(link, { type: 'pong' });
    await bench.clock.advance(2500);
    assert.deepEqual(link.waiting, []);
  });

  it('does not go out before the answer', async () => {
    const bench = new Bench();
    const [link] = await bench.connect();
    await bench.say(link, ...Array(40).fill({ type: 'log', lines: ['one'] }));
    await bench.clock.advance(3000);
    assert.deepEqual(link.waiting, []);

    await bench.say(link, CREATED);

    assert.equal(link.next('ack').received, 40);
    await bench.clock.advance(2000);
    assert.equal(link.next('ack').received, 41);
  });

  it('is counted anew on each link, whose first frame has told it', async () => {
    const bench = new Bench();
    let link = await bench.enter();
    await bench.say(link, ...Array(30).fill(message(1)));
    bench.events.length = 0;
    [link] = await bench.cut(link);
    await bench.say(link, { type: 'resumed', received: 0, token: 'second-token' }, ...Array(31).fill(message(1)));
    assert.deepEqual(link.waiting, []);

    await bench.say(link, message(1));

    assert.equal(link.next('ack').received, 63);
  });

  it('lets go of what the server has', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    for (let round = 0; round < 100; round++) {
      for (let number = 0; number < 32; number++) {
        bench.connection.send('you', '1');
      }

      await bench.say(link, { type: 'ack', received: 32 * (round + 1) });
    }

    assert.deepEqual(bench.events, []);
  });
});

describe('A server that has forgotten', () => {
  it('is asked again at once with the same secret, and the answer comes in the place of resumed', async () => {
    const bench = new Bench({ name: 'Alice' });
    let [link, first] = await bench.connect();
    await bench.say(link, CREATED);
    bench.next('created');
    [link] = await bench.cut(link);
    const attempts = bench.transport.attempts;

    await bench.say(link, UNKNOWN_STAY);

    assert.equal(bench.transport.attempts, attempts + 1);
    const next = bench.transport.links.at(-1);
    assert.deepEqual(next.next(), first);
    await bench.say(next, JOINED);
    bench.next('joined');
    assert.deepEqual(bench.events, []);
  });

  it('begins both counts anew, and what was under way is dropped', async () => {
    const bench = new Bench();
    let link = await bench.enter();
    bench.connection.send('you', '1');
    bench.connection.send('you', '2');
    await bench.say(link, { type: 'ack', received: 2 });
    link = await bench.forget(link);
    bench.connection.send('you', '3');
    await bench.say(link, { type: 'log', lines: [] }, JOINED);
    bench.next('log');
    bench.next('joined');

    bench.connection.send('you', '4');

    assert.equal(link.next('message').payload, 4);
    await bench.say(link, { type: 'ack', received: 1 });
    const [, resume] = await bench.cut(link);
    assert.deepEqual([resume.received, resume.token], [2, 'first-token']);
  });

  it('is asked for the room where it keeps no seats at all', async () => {
    const bench = new Bench();
    let [link, first] = await bench.connect();
    await bench.say(link, { ...CREATED, resume: undefined });
    bench.next('created');
    link.cut();
    await settled();
    bench.next('interrupted');

    let again;
    [link, again] = await bench.again();
    await bench.say(link, { ...CREATED, resume: undefined });

    assert.deepEqual(again, first);
    bench.next('created');
  });

  for (const answer of [{ type: 'full', room: 'lobby' }, { type: 'error', code: 'not-allowed', detail: 'Not on Sundays.' }]) {
    it(`and does not let this client in again is heard, and ends the stay: ${JSON.stringify(answer)}`, async () => {
      const bench = new Bench();
      const link = await bench.forget(await bench.enter());

      await bench.say(link, answer);

      bench.next(answer.type);
      bench.end();
      assert.equal(link.isClosed, true);
    });
  }

  it('and gives this client another id ends the stay', async () => {
    const bench = new Bench();
    const link = await bench.forget(await bench.enter());

    await bench.say(link, { ...CREATED, self: 'somebody else' });

    assert.ok(bench.end().includes('another id'));
    assert.equal(link.isClosed, true);
  });
});

describe('A link that ended before the answer', () => {
  it('is made again with the same request, and nothing is interrupted', async () => {
    const bench = new Bench();
    let [link, first] = await bench.connect();
    link.cut();
    let again;
    [link, again] = await bench.again();
    await bench.say(link, CREATED);

    assert.deepEqual(again, first);
    assert.deepEqual(bench.events, [CREATED_EVENT]);
  });

  it('had told a log that is not told twice', async () => {
    const bench = new Bench();
    let [link] = await bench.connect();
    await bench.say(link, { type: 'log', lines: ['one'] });
    link.cut();
    [link] = await bench.again();
    await bench.say(link, { type: 'log', lines: ['one'] }, { type: 'log', lines: ['two'] }, CREATED);

    assert.deepEqual(bench.events.map(({ lines }) => lines?.[0]), ['one', 'two', undefined]);
    bench.events.length = 0;
    const [, resume] = await bench.cut(link);
    assert.equal(resume.received, 3);
  });

  it('may be taken for live by the server, which is asked until it is not', async () => {
    const bench = new Bench();
    let [link] = await bench.connect();
    link.cut();
    [link] = await bench.again();
    await bench.say(link, { type: 'error', code: 'already-joined', detail: 'It is up.' });

    let again;
    [link, again] = await bench.again();
    await bench.say(link, CREATED);

    assert.equal(again.type, 'create or join');
    assert.deepEqual(bench.events, [CREATED_EVENT]);
  });
});
