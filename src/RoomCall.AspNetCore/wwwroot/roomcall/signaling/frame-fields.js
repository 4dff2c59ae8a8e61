import { isWellFormed } from '../text.js';

/** What each field of a server's frame may say, and the sentence for when it does not. None repeats what was sent. */

/** The largest count on the wire: what every language's numbers hold exactly. */
export const MAX_RECEIVED = Number.MAX_SAFE_INTEGER;

export const FORM = 'The frame is not a JSON object in UTF-8.';
export const TYPE = 'The field \'type\' must be one of the frame\'s types.';
export const REPEATED = 'A field of the frame stands twice.';
export const REASON = 'The field \'reason\' must be left, vanished or too-slow.';

const MAX_NUMBER = 2147483647;

/**
 * The fields in the order in which a fault is named: how each is read from its JSON, parsed and raw, and its sentence. A reader gives
 * undefined for a value that the field cannot have.
 */
export const FIELDS = new Map([
  ['type', { read: text, sentence: TYPE }],
  ['room', { read: text, sentence: 'The field \'room\' must be well-formed text.' }],
  ['name', { read: text, sentence: 'The field \'name\' must be well-formed text.' }],
  ['self', { read: id, sentence: 'The field \'self\' must be the id of a peer.' }],
  ['token', { read: id, sentence: 'The field \'token\' must be a text that is not empty.' }],
  ['received', { read: count, sentence: 'The field \'received\' must be an integer from 0 to 9007199254740991.' }],
  ['payload', { read: payload, sentence: 'The field \'payload\' must be there.' }],
  ['from', { read: id, sentence: 'The field \'from\' must be the id of a peer.' }],
  ['peer', { read: id, sentence: 'The field \'peer\' must be the id of a peer.' }],
  ['initiator', { read: id, sentence: 'The field \'initiator\' must be the id of a peer.' }],
  ['peers', { read: ids, sentence: 'The field \'peers\' must be a list of ids.' }],
  ['names', { read: names, sentence: 'The field \'names\' must be an object of texts.' }],
  ['iceServers', { read: iceServers, sentence: 'The field \'iceServers\' must be a list of ICE servers.' }],
  ['resume', { read: ticket, sentence: 'The field \'resume\' must be an object with \'token\' and \'seconds\'.' }],
  ['reason', { read: text, sentence: REASON }],
  ['parked', { read: number, sentence: 'The field \'parked\' must be an integer from 1 to 2147483647.' }],
  ['lines', { read: texts, sentence: 'The field \'lines\' must be a list of texts.' }],
  ['code', { read: text, sentence: 'The field \'code\' must be a text.' }],
  ['detail', { read: text, sentence: 'The field \'detail\' must be a text.' }],
]);

/** Thrown by a reader for half of a surrogate pair, which is no text: then the frame is none. */
export class NoText extends Error {}

function text(value) {
  if (typeof value !== 'string') {
    return undefined;
  }

  if (!isWellFormed(value)) {
    throw new NoText();
  }

  return value;
}

function id(value) {
  return text(value) || undefined;
}

function count(value, raw) {
  // 1.0 and 1e3 are no counts, as in every implementation.
  return typeof value === 'number' && /^-?\d+$/.test(raw) && value >= 0 && value <= MAX_RECEIVED ? Math.abs(value) : undefined;
}

function number(value, raw) {
  const counted = count(value, raw);
  return counted >= 1 && counted <= MAX_NUMBER ? counted : undefined;
}

function payload(_, raw) {
  return raw;
}

function list(value, read) {
  if (!Array.isArray(value)) {
    return undefined;
  }

  const items = value.map((item) => read(item));
  return items.includes(undefined) ? undefined : items;
}

function ids(value) {
  return list(value, id);
}

function texts(value) {
  return list(value, text);
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function names(value) {
  if (!isObject(value)) {
    return undefined;
  }

  // Without a prototype: a peer whose id is "constructor" has no name by that.
  const named = Object.create(null);
  for (const [peer, name] of Object.entries(value)) {
    if (text(name) === undefined) {
      return undefined;
    }

    named[peer] = name;
  }

  return named;
}

function iceServers(value) {
  return list(value, iceServer);
}

// As the W3C's RTCIceServer, with urls always a list; what is absent is left out, since RTCPeerConnection takes no null.
function iceServer(value) {
  if (!isObject(value)) {
    return undefined;
  }

  const urls = texts(typeof value.urls === 'string' ? [value.urls] : value.urls);
  if (urls?.length === 0) {
    return undefined;
  }

  const server = { urls };
  for (const field of ['username', 'credential']) {
    const said = value[field] ?? null;
    if (said !== null) {
      server[field] = text(said);
    }
  }

  return Object.values(server).includes(undefined) ? undefined : server;
}

function ticket(value) {
  const token = isObject(value) ? id(value.token) : undefined;
  const seconds = isObject(value) ? value.seconds : undefined;
  return token && Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_NUMBER ? { token, seconds } : undefined;
}
