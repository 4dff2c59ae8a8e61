import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';

import { decodePeerMessage, encodePeerMessage, maxBytes } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/messages/peer-message.js';

const { vectors } = JSON.parse(readFileSync(new URL('../../vectors/peer-messages.json', import.meta.url), 'utf8'));

function messageOf({ kind, decoded }) {
  switch (kind) {
    case 'got user media': return { type: 'gotUserMedia' };
    case 'close channel': return { type: 'closeChannel', ...decoded };
    case 'candidate': {
      const { candidate, id, label, usernameFragment, generation } = decoded;
      return { type: kind, ice: { candidate, sdpMid: id, sdpMLineIndex: label, usernameFragment }, generation };
    }

    default: return { type: kind, ...decoded };
  }
}

describe('the vectors of what peers say', () => {
  for (const vector of vectors) {
    test(vector.name, () => {
      const { message, error } = decodePeerMessage(vector.message);
      if (vector.valid) {
        assert.deepEqual(message, messageOf(vector), error);
        assert.deepEqual(decodePeerMessage(encodePeerMessage(message)), { message });
      } else {
        assert.equal(message, undefined);
        assert.match(error, /\.$/);
        const place = ['object', 'JSON'].includes(vector.error) ? vector.error : `'${vector.error}'`;
        assert.ok(error.includes(place), `${error} does not name ${place}`);
      }

      if (vector.canonical) {
        assert.equal(encodePeerMessage(messageOf(vector)), vector.message);
      }
    });
  }
});

describe('what the vectors leave to each language', () => {
  const refused = {
    'a field that is there twice': ['{"type":"restart","generation":1,"generation":2}', "The field 'generation' appears more than once."],
    'a type that is there twice': ['{"type":"bye","type":"bye"}', "The field 'type' appears more than once."],
    'a field twice by another spelling': ['{"type":"restart","generation":1,"gener\\u0061tion":1}', "'generation' appears more than once"],
    'a field that is there twice, null first': ['{"type":"restart","generation":null,"generation":2}', "'generation' appears more than once"],
    'a channel with a fraction of nothing': ['{"type":"close channel","channel":2.0,"messages":1}', "'channel'"],
    'a count with an exponent': ['{"type":"close channel","channel":2,"messages":1e1}', "'messages'"],
    'an integer with a fraction': ['{"type":"restart","generation":1.0}', "'generation'"],
    'an integer with an exponent': ['{"type":"restart","generation":1e0}', "'generation'"],
    'seventeen levels': [`{"type":"bye","x":${'['.repeat(16)}${']'.repeat(16)}}`, '16 levels'],
    'a name with half of a pair': ['{"type":"bye","\\ud800":1}', 'half of a surrogate pair'],
    'a type with half of a pair': ['{"type":"\\ud800"}', 'half of a surrogate pair'],
    'half of a pair as it stands': ['{"type":"bye","x":"\ud800"}', 'UTF-8'],
    'nothing': ['', 'empty'],
    'what is no text': [undefined, 'empty'],
    'deep nesting without end': ['['.repeat(200_000), 'JSON'],
    'deep nesting with an end': [`{"type":"bye","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'JSON'],
    'the names of every object': ['{"__proto__":{"type":"bye"},"constructor":1}', "'type'"],
  };
  for (const [name, [json, sentence]] of Object.entries(refused)) {
    test(`${name} is refused`, () => {
      const { message, error } = decodePeerMessage(json);
      assert.equal(message, undefined);
      assert.ok(error.includes(sentence), error);
    });
  }

  test('sixteen levels are taken', () => {
    const json = `{"x":${'['.repeat(15)}"]}","\\"",{}${']'.repeat(15)},"type":"bye"}`;
    assert.deepEqual(decodePeerMessage(`{"type":"bye","x":${'['.repeat(15)}${']'.repeat(15)}}`), { message: { type: 'bye', reason: null } });
    assert.ok(decodePeerMessage(json).error.includes('16 levels')); // its innermost object is the seventeenth
  });

  test('a repeated field that the type does not have is passed over', () => {
    assert.deepEqual(decodePeerMessage('{"x":1,"type":"bye","x":{"type":"offer","a":"},"}}'), { message: { type: 'bye', reason: null } });
  });

  test('minus zero is zero', () => {
    const { message } = decodePeerMessage('{"type":"candidate","candidate":"c","label":-0}');
    assert.ok(Object.is(message.ice.sdpMLineIndex, 0));
  });
});

describe('the largest message', () => {
  const offer = (text, count) => ({ type: 'offer', sdp: text.repeat(count), generation: null, iceRestart: false, closeByMessage: false });
  const frame = encodePeerMessage(offer('a', 1)).length - 1;

  test('is 256 KiB', () => {
    const largest = offer('a', maxBytes - frame);
    assert.deepEqual(decodePeerMessage(encodePeerMessage(largest)), { message: largest });
    assert.throws(() => encodePeerMessage(offer('a', maxBytes - frame + 1)), /262144/);
    const { error } = decodePeerMessage(`${encodePeerMessage(largest)} `);
    assert.match(error, /262144/);
  });

  test('is measured in bytes of UTF-8', () => {
    const count = Math.floor((maxBytes - frame) / 3);
    const largest = offer('漢', count);
    assert.deepEqual(decodePeerMessage(encodePeerMessage(largest)), { message: largest });
    assert.throws(() => encodePeerMessage(offer('漢', count + 1)), /262144/);
  });
});

describe('what cannot be said', () => {
  const ice = { candidate: 'c', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null };
  const wrong = {
    nothing: [undefined, "'type'"],
    'an unknown type': [{ type: 'got user media' }, "'type'"],
    'an offer without SDP': [{ type: 'offer', sdp: '', generation: 1 }, "'sdp'"],
    'an answer whose SDP is half of a pair': [{ type: 'answer', sdp: '\ud800', generation: 1 }, "'sdp'"],
    'generation 0': [{ type: 'offer', sdp: 'v=0', generation: 0 }, "'generation'"],
    'a generation with a fraction': [{ type: 'restart', generation: 1.5 }, "'generation'"],
    'a generation above the highest': [{ type: 'restart', generation: 2147483648 }, "'generation'"],
    'a text for a truth': [{ type: 'offer', sdp: 'v=0', iceRestart: 'yes' }, "'iceRestart'"],
    'a candidate without ICE': [{ type: 'candidate' }, "'candidate'"],
    'a candidate that belongs nowhere': [{ type: 'candidate', ice: { candidate: 'c' } }, "'label'"],
    'a label above the highest': [{ type: 'candidate', ice: { ...ice, sdpMLineIndex: 65536 } }, "'label'"],
    'an id that is no text': [{ type: 'candidate', ice: { ...ice, sdpMid: 0 } }, "'id'"],
    'a fragment that is no text': [{ type: 'candidate', ice: { ...ice, usernameFragment: 1 } }, "'usernameFragment'"],
    'a channel that is none': [{ type: 'closeChannel', channel: 65535, messages: 0, generation: 1 }, "'channel'"],
    'a channel that does not count': [{ type: 'closeChannel', channel: 2, generation: 1 }, "'messages'"],
    'a reason that is no code': [{ type: 'bye', reason: 'Because.' }, "'reason'"],
    'a reason with a line feed': [{ type: 'bye', reason: 'because\n' }, "'reason'"],
  };
  for (const [name, [message, place]] of Object.entries(wrong)) {
    test(name, () => assert.throws(() => encodePeerMessage(message), (error) => error instanceof TypeError && error.message.includes(place)));
  }

  test('what is absent may be undefined', () => {
    assert.equal(encodePeerMessage({ type: 'bye' }), '"bye"');
    assert.equal(encodePeerMessage({ type: 'candidate', ice: { candidate: '' } }), '{"type":"candidate","candidate":""}');
  });
});

test('whatever comes, nothing is thrown, and what is taken can be said again', () => {
  let seed = 1;
  const random = (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const bits = ['"', '\\', '{', '}', '[', ']', ',', ':', ' ', '\\ud800', '\ud83d', '\u0000', '1', '-', 'e', 'null', 'true', '"type"', '"bye"'];
  let taken = 0;
  for (let i = 0; i < 50_000; i++) {
    let json = vectors[random(vectors.length)].message;
    for (let change = random(3); change >= 0; change--) {
      const at = random(json.length + 1);
      json = json.slice(0, at) + (random(3) === 0 ? '' : bits[random(bits.length)]) + json.slice(at + random(3));
    }

    const { message, error } = decodePeerMessage(json);
    assert.equal(typeof (message ?? error), message ? 'object' : 'string');
    if (message) {
      taken++;
      assert.deepEqual(decodePeerMessage(encodePeerMessage(message)), { message });
    }
  }

  assert.ok(taken > 1000, `only ${taken} were taken`);
});
