import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Bench } from './signaling/bench.js';
import { settled } from './fake-clock.js';

describe('A page', () => {
  it('that is left closes its connection at once and for good', async () => {
    const bench = new Bench();
    const link = await bench.enter();

    bench.page.dispatchEvent(new Event('pagehide'));

    assert.equal(link.isClosed, true);
    assert.match(bench.end(), /The page was left/);
    bench.page.dispatchEvent(new Event('online'));
    await bench.clock.advance(60000);
    assert.equal(bench.transport.attempts, 1);
  });

  it('is not watched any more after the end', async () => {
    const bench = new Bench();
    const watched = new Set();
    for (const target of [bench.page, bench.page.document]) {
      target.addEventListener = (type) => watched.add(type);
      target.removeEventListener = (type) => watched.delete(type);
    }

    await bench.enter();
    assert.deepEqual([...watched], ['online', 'pagehide', 'visibilitychange']);
    bench.connection.close();

    assert.equal(watched.size, 0);
  });

  it('that is left while it connects again does no more', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    link.cut();
    await settled();
    bench.next('interrupted');

    bench.page.dispatchEvent(new Event('pagehide'));
    await settled();

    bench.end();
    assert.equal(bench.transport.attempts, 1);
  });

  for (const [name, wake] of [
    ['back on the network', (page) => page.dispatchEvent(new Event('online'))],
    ['seen again', (page) => {
      page.document.visibilityState = 'visible';
      page.document.dispatchEvent(new Event('visibilitychange'));
    }],
  ]) {
    it(`that is ${name} asks at once whether the server is there`, async () => {
      const bench = new Bench();
      const link = await bench.enter();
      await bench.clock.advance(100);

      wake(bench.page);
      assert.deepEqual(link.waiting, ['ping']);
      wake(bench.page);
      await bench.clock.advance(4000);

      assert.deepEqual(link.waiting, ['ping', 'ack']);
      bench.next('interrupted');
    });

    it(`that is ${name} waits no longer to connect again`, async () => {
      const bench = new Bench({ reconnectDelay: () => 5000 });
      const link = await bench.enter();
      link.cut();
      await settled();
      assert.equal(bench.transport.attempts, 1);

      wake(bench.page);
      await settled();

      assert.equal(bench.transport.attempts, 2);
    });
  }

  it('that is hidden does nothing', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    bench.page.document.visibilityState = 'hidden';
    bench.page.document.dispatchEvent(new Event('visibilitychange'));

    assert.deepEqual(link.waiting, []);
  });

  it('that was asleep gives the server another while to answer, and only one', async () => {
    const bench = new Bench();
    const link = await bench.enter();
    await bench.clock.advance(3000);
    await bench.clock.oversleep(60000);
    assert.deepEqual(link.waiting, ['ack', 'ping', 'ping']);
    await bench.say(link, { type: 'pong' });
    await bench.clock.advance(3000);
    assert.deepEqual(bench.events, []);

    await bench.clock.oversleep(60000);
    await bench.clock.oversleep(60000);

    bench.next('interrupted');
  });
});
