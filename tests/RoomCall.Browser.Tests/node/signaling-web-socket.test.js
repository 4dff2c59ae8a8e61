import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { createWebSocketTransport } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/signaling/web-socket-transport.js';
import { FakeClock, settled } from './fake-clock.js';

const { vectors } = JSON.parse(readFileSync(new URL('../../vectors/first-frame.json', import.meta.url), 'utf8'));
const ENDPOINT = 'https://user@example.org/room?tenant=7#part';

describe('A WebSocket transport', () => {
  it('connects with the sub-protocol, and carries frames', async () => {
    const bench = new SocketBench();
    const connecting = bench.connect();
    await settled();
    assert.equal(bench.socket.url, 'wss://user@example.org/room?tenant=7');
    assert.equal(bench.socket.protocols[0], 'roomcall.v1');
    bench.socket.open();
    const link = await connecting;

    link.send('{"type":"ping"}');
    bench.socket.onmessage({ data: '{"type":"pong"}' });
    bench.socket.onmessage({ data: new ArrayBuffer(3) });

    assert.deepEqual(bench.socket.sent, ['{"type":"ping"}']);
    assert.deepEqual(bench.heard, ['{"type":"pong"}', ''], 'what is no text can be no frame');
    link.close();
    assert.deepEqual(bench.socket.closedWith, [1000]);
    assert.equal(bench.clock.pending, 0);
  });

  for (const { frame, offered } of vectors) {
    it(`takes its first frame along with the request: ${frame}`, async () => {
      const bench = new SocketBench();
      bench.connect(frame);
      await settled();

      assert.deepEqual(bench.socket.protocols, offered);
    });
  }

  it('takes nothing along where there is nothing', async () => {
    const bench = new SocketBench();
    bench.connect('');
    await settled();

    assert.deepEqual(bench.socket.protocols, ['roomcall.v1']);
  });

  it('takes no frame along that is too long for a request', async () => {
    for (const [length, count] of [[2048, 3], [2049, 1]]) {
      const bench = new SocketBench();
      bench.connect('x'.repeat(length));
      await settled();

      assert.equal(bench.socket.protocols.length, count);
      assert.ok(bench.socket.protocols.includes('roomcall.v1'));
    }
  });

  it('says whether the server has taken the first frame', async () => {
    for (const [chosen, hasSentFirst] of [['roomcall.v1.begun', true], ['roomcall.v1', false]]) {
      const bench = new SocketBench();
      const connecting = bench.connect();
      await settled();
      bench.socket.open(chosen);

      assert.equal((await connecting).hasSentFirst, hasSentFirst);
    }
  });

  it('tells how the server closed', async () => {
    for (const [event, words] of [
      [{ code: 1012, reason: 'restarting' }, '(code 1012, restarting)'],
      [{ code: 1001, reason: '' }, '(code 1001)'],
      [{ code: 1006, reason: '' }, 'without a word'],
    ]) {
      const bench = new SocketBench();
      await bench.connected();
      bench.socket.onclose(event);
      assert.ok(bench.closed[0].includes(words), bench.closed[0]);
    }
  });

  for (const [endpoint, base, url] of [
    ['/room', 'https://example.org/pages/call.html', 'wss://example.org/room'],
    ['room', 'http://localhost:5000/pages/', 'ws://localhost:5000/pages/room'],
    ['ws://example.org/room', 'https://example.org/', 'ws://example.org/room'],
    [new URL('http://example.org:8080/a/room'), undefined, 'ws://example.org:8080/a/room'],
  ]) {
    it(`finds its server: ${endpoint} on ${base}`, async (test) => {
      if (base) {
        globalThis.document = { baseURI: base };
        test.after(() => delete globalThis.document);
      }

      const bench = new SocketBench({ endpoint });
      bench.connect();
      await settled();
      assert.equal(bench.socket.url, url);
    });
  }

  it('is made for an address of a WebSocket only', () => {
    for (const endpoint of ['/room', 'ftp://example.org/room', 'wss://', undefined, '']) {
      assert.throws(() => createWebSocketTransport({ endpoint }), TypeError);
    }
  });

  it('asks for the token at each connection', async () => {
    let number = 0;
    const bench = new SocketBench({ accessToken: async () => `a+b ${++number}` });
    await bench.connected();
    assert.equal(new URL(bench.socket.url).searchParams.get('access_token'), 'a+b 1');
    assert.equal(new URL(bench.socket.url).searchParams.get('tenant'), '7');
    await bench.connected();
    assert.equal(new URL(bench.socket.url).searchParams.get('access_token'), 'a+b 2');
  });

  it('does without a token where there is none', async () => {
    const bench = new SocketBench({ accessToken: () => '' });
    await bench.connected();
    assert.equal(new URL(bench.socket.url).searchParams.has('access_token'), false);
  });
});

describe('An attempt to connect', () => {
  it('that is refused says what to check, and nothing of what is secret', async () => {
    const bench = new SocketBench({ accessToken: () => 'top-secret' });
    const failure = failureOf(bench.connect());
    await settled();
    bench.socket.onclose({ code: 1006, reason: '' });

    const error = await failure;
    assert.equal(error.code, 'signaling-unavailable');
    assert.match(error.message, /wss:\/\/example\.org\/room cannot be reached or refused/);
    assert.doesNotMatch(error.message, /top-secret|user|tenant/);
    assert.equal(bench.clock.pending, 0);
  });

  it('to what speaks another protocol fails', async () => {
    const bench = new SocketBench();
    const failure = failureOf(bench.connect());
    await settled();
    bench.socket.open('');

    assert.match((await failure).message, /sub-protocol roomcall\.v1/);
    assert.equal(bench.socket.closedWith.length, 1);
  });

  it('without an answer ends after ten seconds', async () => {
    const bench = new SocketBench();
    const failure = failureOf(bench.connect());
    await bench.clock.advance(10000);

    assert.match((await failure).message, /did not answer within 10 s/);
    assert.equal(bench.socket.closedWith.length, 1);
    assert.equal(bench.socket.onopen, null);
  });

  it('without a token ends after ten seconds too', async () => {
    const bench = new SocketBench({ accessToken: () => new Promise(() => {}) });
    const failure = failureOf(bench.connect());
    await bench.clock.advance(10000);

    assert.equal((await failure).code, 'signaling-unavailable');
    assert.equal(bench.socket, null);
  });

  for (const accessToken of [
    () => {
      throw new Error('signed out');
    },
    () => Promise.reject(new Error('signed out')),
  ]) {
    it(`whose token cannot be had fails: ${accessToken}`, async () => {
      const error = await failureOf(new SocketBench({ accessToken }).connect());
      assert.equal(error.code, 'signaling-unavailable');
      assert.match(error.message, /signed out/);
    });
  }

  it('that the browser does not allow fails', async () => {
    const bench = new SocketBench({
      WebSocket: class {
        constructor() {
          throw new Error('insecure');
        }
      },
    });
    assert.match((await failureOf(bench.connect())).message, /insecure/);
  });

  it('that is aborted ends, and gives up the seat that the server may have given it', async () => {
    const bench = new SocketBench();
    const failure = failureOf(bench.connect());
    await settled();
    bench.abort.abort();

    assert.equal((await failure).name, 'AbortError');
    assert.deepEqual(bench.socket.closedWith, [], 'a connection that is not up cannot tell it');
    bench.socket.open();
    assert.deepEqual(bench.socket.closedWith, [1000]);
    assert.deepEqual(bench.heard, []);
    bench.socket.onclose();
    assert.equal(bench.clock.pending, 0);
  });

  it('that is aborted and does not come up is dropped when the server has given up the seat', async () => {
    const bench = new SocketBench();
    const failure = failureOf(bench.connect());
    await settled();
    bench.abort.abort();
    await failure;

    await bench.clock.advance(2999);
    assert.deepEqual(bench.socket.closedWith, []);
    await bench.clock.advance(1);
    assert.deepEqual(bench.socket.closedWith, [undefined]);
    assert.equal(bench.clock.pending, 0);
    assert.equal((await failureOf(bench.connect())).name, 'AbortError');
  });
});

class SocketBench {
  clock = new FakeClock();
  abort = new AbortController();
  heard = [];
  closed = [];
  socket = null;
  #transport;

  constructor(options) {
    const bench = this;
    this.#transport = createWebSocketTransport({
      endpoint: ENDPOINT,
      clock: this.clock,
      WebSocket: class extends FakeSocket {
        constructor(...args) {
          super(...args);
          bench.socket = this;
        }
      },
      ...options,
    });
  }

  connect(first = '{"type":"ping"}') {
    const handlers = { onFrame: (text) => this.heard.push(text), onClose: (detail) => this.closed.push(detail) };
    return this.#transport.connect(this.abort.signal, handlers, first);
  }

  async connected() {
    const connecting = this.connect();
    await settled();
    this.socket.open();
    return connecting;
  }
}

class FakeSocket {
  sent = [];
  closedWith = [];
  protocol = '';

  constructor(url, protocols) {
    this.url = url;
    this.protocols = protocols;
  }

  open(protocol = 'roomcall.v1') {
    this.protocol = protocol;
    this.onopen();
  }

  send(text) {
    this.sent.push(text);
  }

  close(code) {
    this.closedWith.push(code);
  }
}

function failureOf(promise) {
  return promise.then(() => assert.fail('It did not fail.'), (error) => error);
}
