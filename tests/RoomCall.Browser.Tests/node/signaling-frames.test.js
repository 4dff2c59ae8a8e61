import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { decodeServerFrame, encodeClientFrame } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/signaling/frames.js';

const { vectors } = JSON.parse(readFileSync(new URL('../../vectors/protocol-frames.json', import.meta.url), 'utf8'));
const of = (side, property) => vectors.filter((vector) => vector.side === side && property in vector);

describe('The frames of docs/protocol.md', () => {
  for (const { name, written } of of('client', 'written')) {
    it(`are written as the vector says: ${name}: ${written}`, () => {
      assert.equal(encodeClientFrame(parsed(written)), written);
    });
  }

  for (const { name, frame, written } of of('server', 'written')) {
    it(`are read as the vector says: ${name}: ${written}`, () => {
      const decoded = decodeServerFrame(frame);
      assert.equal(decoded.error, undefined);
      assert.equal(rewritten(decoded.frame), written);
    });
  }

  for (const { name, frame, error } of of('server', 'error')) {
    it(`are refused as the vector says: ${name}: ${frame}`, () => {
      const decoded = decodeServerFrame(frame);
      assert.equal(decoded.frame, undefined);
      assert.ok(decoded.error.includes(error === 'object' || error === 'twice' ? error : `'${error}'`), decoded.error);
      assert.ok(decoded.error.endsWith('.'));
    });
  }

  // What a server refuses in a client's frame holds for a server's as well, where both have the field.
  for (const { name, frame, error } of of('client', 'error').filter((vector) => ['object', 'twice'].includes(vector.error))) {
    const asServer = frame.replace('"payload":1', '"from":"a","payload":1');
    it(`are refused on this side too: ${name}: ${asServer}`, () => {
      assert.ok(decodeServerFrame(asServer).error?.includes(error));
    });
  }
});

describe('A frame', () => {
  it('of a type that a later version may bring is passed over and counted', () => {
    assert.deepEqual(decodeServerFrame('{"type":"teapot","payload":1}'), { frame: { type: 'unknown' } });
  });

  for (const payload of ['{"a":}', '[1,]', 'tru', '01', '"\u0001"', '{]']) {
    it(`that is a message and not JSON is passed over and counted: ${JSON.stringify(payload)}`, () => {
      assert.deepEqual(decodeServerFrame(`{"type":"message","from":"you","payload":${payload}}`), { frame: { type: 'unknown' } });
    });
  }

  it('hands on a payload as it came', () => {
    const payload = '{"b" : 1.0e3,\t"a":"\\u0041\\/\\"}", "a":2}';
    const { frame } = decodeServerFrame(` {"type":"message","from":"you" , "payload" : ${payload} } `);
    assert.deepEqual(frame, { type: 'event', event: { type: 'message', from: 'you', payload }, resume: null });
  });

  it('may have its payload anywhere', () => {
    const { frame } = decodeServerFrame('{"payload":[1, 2],"from":"you","type":"message"}');
    assert.equal(frame.event.payload, '[1, 2]');
  });

  it('cannot name a peer by a word of the language', () => {
    const { frame } = decodeServerFrame(
      '{"type":"joined","room":"r","self":"s","peers":["constructor"],"initiator":"s","names":{"__proto__":"Eve"}}',
    );
    assert.equal(frame.event.names.constructor, undefined);
    assert.deepEqual(Object.entries(frame.event.names), [['__proto__', 'Eve']]);
  });

  for (const type of ['constructor', '__proto__', 'toString']) {
    it(`of the type ${type} is one of a later version`, () => {
      assert.deepEqual(decodeServerFrame(`{"type":"${type}","${type}":1}`), { frame: { type: 'unknown' } });
    });
  }

  for (const noText of [undefined, null, 5, new ArrayBuffer(2)]) {
    it(`is a text, and not ${noText}`, () => {
      assert.ok(decodeServerFrame(noText).error.includes('object'));
    });
  }

  it('of any bytes is read without an exception and in no time', () => {
    const pieces = ['{', '}', '[', ']', '"', '\\', ':', ',', 'type', '"type":', '"message"', 'payload', '"from":"a"', '1', 'null', ' ', '\u0000', '\ud800', '/', '\''];
    let seed = 1;
    const random = (bound) => {
      seed = (seed * 48271) % 2147483647;
      return seed % bound;
    };
    for (let round = 0; round < 20000; round++) {
      const text = Array.from({ length: random(12) }, () => pieces[random(pieces.length)]).join('');
      const { frame, error } = decodeServerFrame(random(2) ? text : `{"type":"message","from":"a","payload":${text}}`);
      assert.ok((frame === undefined) !== (error === undefined));
    }
  });

  for (const hostile of ['['.repeat(200000), `{"a":${'['.repeat(200000)}`, `{"a":"${'\\'.repeat(200000)}`, `{${'"a":1,'.repeat(100000)}`]) {
    it(`that means harm is refused: ${hostile.slice(0, 12)}…`, { timeout: 5000 }, () => {
      assert.ok(decodeServerFrame(hostile).error);
    });
  }
});

describe('Writing', () => {
  for (const frame of [{ type: 'resume', room: 'r' }, { type: 'message' }, { type: 'park', payload: '1' }, { type: 'created' }, {}]) {
    it(`refuses what lacks what its type needs: ${JSON.stringify(frame)}`, () => {
      assert.throws(() => encodeClientFrame(frame), TypeError);
    });
  }
});

/** The fields of a client's frame, which is written with its payload last. */
function parsed(written) {
  const frame = JSON.parse(written);
  const at = written.indexOf('"payload":');
  return at < 0 ? frame : { ...frame, payload: written.slice(at + '"payload":'.length, -1) };
}

/** Writes what a server's frame says, as a server does. */
function rewritten(frame) {
  if (frame.type !== 'event') {
    return JSON.stringify(frame.detail === null ? { ...frame, detail: undefined } : frame);
  }

  const { iceServers, names, name, parked, payload, ...event } = frame.event;
  const head = JSON.stringify({
    ...event,
    name: name ?? undefined,
    parked: parked ?? undefined,
    names: names && Object.keys(names).length > 0 ? names : undefined,
    iceServers: iceServers?.length > 0 ? iceServers : undefined,
    resume: frame.resume ?? undefined,
  });
  return payload === undefined ? head : `${head.slice(0, -1)},"payload":${payload}}`;
}
