import { isWellFormed } from '../text.js';
import { fieldsOf } from './json-fields.js';
import { brokenBy, isTooLarge, sentences } from './peer-message-rules.js';

const generation = 'generation';

// The fields that a message of each type has; what else is in it is passed over.
const fieldsByType = new Map([
  ['got user media', []],
  ['offer', ['sdp', generation, 'iceRestart', 'closeByMessage']],
  ['answer', ['sdp', generation, 'canRestartIce', 'closeByMessage']],
  ['candidate', ['label', 'id', 'candidate', generation, 'usernameFragment']],
  ['restart', [generation]],
  ['close channel', ['channel', 'messages', generation]],
  ['bye', ['reason']],
]);

/**
 * Reads what a peer sent. It throws nothing, whatever the text is.
 * @param {string} json One JSON value.
 * @returns {{ message: import('./peer-message.js').PeerMessage } | { error: string }} The message, or a sentence that says what is wrong
 *   and holds nothing of what the peer sent.
 */
export function decodePeerMessage(json) {
  if (typeof json !== 'string' || json === '') {
    return { error: sentences.empty };
  }

  if (isTooLarge(json)) {
    return { error: sentences.size };
  }

  if (!isWellFormed(json)) {
    return { error: sentences.encoding };
  }

  let value;
  try {
    value = JSON.parse(json);
  } catch {
    return { error: sentences.json }; // what is thrown would quote what the peer sent
  }

  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return readObject(json);
  }

  // The book's two texts; the other kinds are objects.
  switch (value) {
    case 'got user media':
    case 'bye': return { message: make(value, new Map()) };
    default: return { error: sentences.form };
  }
}

// By what was written and not by what JSON.parse made of it: of two fields with one name it keeps the last, and 1.0 becomes 1.
function readObject(json) {
  const fields = fieldsOf(json);
  if (fields === null) {
    return { error: sentences.json };
  }

  if (!fields.every(({ name }) => isWellFormed(name))) {
    return { error: sentences.names };
  }

  const type = fields.find(({ name }) => name === 'type')?.value;
  const wanted = fieldsByType.get(type);
  if (wanted === undefined) {
    return { error: typeof type === 'string' && !isWellFormed(type) ? sentences.names : sentences.type };
  }

  const seen = new Map();
  for (const field of fields) {
    if (field.name !== 'type' && !wanted.includes(field.name)) {
      continue;
    }

    // Which of two is meant is anybody's guess, and two parsers that guess differently are a hole.
    if (seen.has(field.name)) {
      return { error: `The field '${field.name}' appears more than once.` };
    }

    seen.set(field.name, valueOf(field));
  }

  const message = make(type, seen);
  const error = brokenBy(message);
  return error === null ? { message } : { error };
}

// A number with a fraction or an exponent is no integer, whatever its value: it stays what no rule takes.
function valueOf({ value, text }) {
  if (typeof value !== 'number') {
    return value;
  }

  return /^-?\d+$/.test(text) ? value + 0 : NaN;
}

function make(type, fields) {
  const get = (name) => fields.get(name) ?? null;
  const truth = (name) => get(name) ?? false;
  switch (type) {
    case 'got user media': return Object.freeze({ type: 'gotUserMedia' });
    case 'offer': return Object.freeze({ type, ...description(get), iceRestart: truth('iceRestart') });
    case 'answer': return Object.freeze({ type, ...description(get), canRestartIce: truth('canRestartIce') });
    case 'candidate': return Object.freeze({ type, ice: makeIce(get), generation: get(generation) });
    case 'close channel':
      return Object.freeze({ type: 'closeChannel', channel: get('channel'), messages: get('messages'), generation: get(generation) });
    case 'restart': return Object.freeze({ type, generation: get(generation) });
    default: return Object.freeze({ type, reason: get('reason') });
  }
}

const description = (get) => ({ sdp: get('sdp'), generation: get(generation), closeByMessage: get('closeByMessage') ?? false });

const makeIce = (get) => Object.freeze({
  candidate: get('candidate'),
  sdpMid: get('id'),
  sdpMLineIndex: get('label'),
  usernameFragment: get('usernameFragment'),
});
