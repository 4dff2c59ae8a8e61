import { REASON } from './frame-fields.js';
import { FrameReader } from './frame-reader.js';
import { isJson } from './json-text.js';

/** The JSON of the frames that a client and a signaling server exchange: docs/protocol.md. */

/** The WebSocket sub-protocol of version 1. */
export const SUB_PROTOCOL = 'roomcall.v1';

/** The WebSocket sub-protocol of version 1 where the client's first frame came with its request. */
export const SUB_PROTOCOL_BEGUN = 'roomcall.v1.begun';

/** So many counted frames may come before an `ack` is due. */
export const FRAMES_PER_ACK = 32;

/** So many bytes of counted frames may come before an `ack` is due. */
export const BYTES_PER_ACK = 64 * 1024;

const REASONS = new Set(['left', 'vanished', 'too-slow']);

const ERROR_CODES = new Set([
  'malformed', 'invalid-room-name', 'too-many-rooms', 'already-joined', 'not-in-room', 'unknown-peer', 'message-too-large',
  'too-many-messages', 'not-allowed', 'invalid-name', 'unknown-stay', 'other',
]);

const END_CODES = new Set([
  'left', 'refused', 'restarting', 'replaced', 'too-slow', 'too-many-messages', 'malformed', 'too-large', 'timed-out', 'failed',
]);

const UNKNOWN = { type: 'unknown' };

/** What each frame that tells an event needs, what it may have, and the event that it tells: `RoomEvent` of the .NET library. */
const EVENTS = new Map(Object.entries({
  created: {
    required: ['room', 'self'],
    optional: ['iceServers', 'resume'],
    make: (get) => ({ room: get('room'), self: get('self'), iceServers: get('iceServers') ?? [] }),
  },
  joined: {
    required: ['room', 'self', 'peers', 'initiator'],
    optional: ['iceServers', 'resume', 'names'],
    make: (get) => ({
      room: get('room'),
      self: get('self'),
      peers: get('peers'),
      initiator: get('initiator'),
      names: get('names') ?? Object.create(null),
      iceServers: get('iceServers') ?? [],
    }),
  },
  full: { required: ['room'], make: (get) => ({ room: get('room') }) },
  join: {
    required: ['peer', 'initiator'],
    optional: ['name', 'parked'],
    make: (get) => ({ peer: get('peer'), initiator: get('initiator'), name: get('name') ?? null, parked: get('parked') ?? null }),
  },
  left: {
    required: ['peer', 'reason', 'initiator'],
    make: (get) => ({ peer: get('peer'), reason: get('reason'), initiator: get('initiator') }),
  },
  away: { required: ['peer'], make: (get) => ({ peer: get('peer') }) },
  back: { required: ['peer'], make: (get) => ({ peer: get('peer') }) },
  log: { required: ['lines'], make: (get) => ({ lines: get('lines') }) },
  message: { required: ['from', 'payload'], make: (get) => ({ from: get('from'), payload: get('payload') }) },
  error: {
    required: ['code'],
    optional: ['detail'],
    make: (get) => ({ code: ERROR_CODES.has(get('code')) ? get('code') : 'other', detail: get('detail') ?? '' }),
  },
}));

/**
 * Writes a frame of a client. `frame.type` is the type on the wire, the fields are those of docs/protocol.md; `payload` is JSON text and
 * is not looked at.
 * @returns {string} One JSON object.
 */
export function encodeClientFrame(frame) {
  const need = (field) => {
    if (frame[field] === undefined || frame[field] === null) {
      throw new TypeError(`A frame of this type needs '${field}'.`);
    }

    return frame[field];
  };
  const may = (field) => frame[field] ?? undefined;
  const { type } = frame;
  switch (type) {
    case 'create or join':
      return JSON.stringify({ type, room: need('room'), name: may('name'), secret: may('secret') });
    case 'resume':
      return JSON.stringify({ type, room: need('room'), self: need('self'), token: need('token'), received: need('received') });
    case 'message':
      return withPayload({ type, to: may('to') }, need('payload'));
    case 'park':
      return withPayload({ type, generation: need('generation') }, need('payload'));
    case 'ack':
      return JSON.stringify({ type, received: need('received') });
    case 'bye':
    case 'ping':
    case 'pong':
      return JSON.stringify({ type });
    default:
      throw new TypeError('The frame is none that a client sends.');
  }
}

/**
 * Reads what a server sent. It throws nothing, whatever the text is. A type that this version does not know is `unknown`: passed over, but
 * counted. So is a `message` that is not JSON, which no server checks.
 * @returns {{ frame: object } | { error: string }} The frame: `{ type: 'event', event, resume }`, `{ type: 'ack', received }`,
 * `{ type: 'resumed', received, token }`, `{ type: 'end', code, detail }`, or one of `ping`, `pong` and `unknown`. Or a sentence that says
 * what is wrong.
 */
export function decodeServerFrame(text) {
  const { reader, error } = FrameReader.read(text);
  if (error) {
    return { error };
  }

  const type = reader.get('type');
  switch (type) {
    case 'ping':
    case 'pong':
      return { frame: { type } };
    case 'ack':
      return judge(reader, ['received'], [], () => ({ type, received: reader.get('received') }));
    case 'resumed':
      return judge(reader, ['received', 'token'], [], () => ({ type, received: reader.get('received'), token: reader.get('token') }));
    case 'end':
      return judge(reader, ['code'], ['detail'], () => ({
        type,
        code: END_CODES.has(reader.get('code')) ? reader.get('code') : 'unknown',
        detail: reader.get('detail') ?? null,
      }));
    default:
      return EVENTS.has(type) ? decodeEvent(reader, type) : { frame: UNKNOWN };
  }
}

function decodeEvent(reader, type) {
  const { required, optional, make } = EVENTS.get(type);
  const get = (field) => reader.get(field);
  const decoded = judge(reader, required, optional, () => ({
    type: 'event',
    event: { type, ...make(get) },
    resume: (optional?.includes('resume') && get('resume')) || null,
  }));
  if (type === 'left' && decoded.frame && !REASONS.has(get('reason'))) {
    return { error: REASON };
  }

  return type === 'message' && decoded.frame && !isJson(get('payload')) ? { frame: UNKNOWN } : decoded;
}

function judge(reader, required, optional, make) {
  const error = reader.brokenOf(required, optional);
  return error ? { error } : { frame: make() };
}

function withPayload(head, payload) {
  return `${JSON.stringify(head).slice(0, -1)},"payload":${payload}}`;
}
