import { SUB_PROTOCOL, SUB_PROTOCOL_BEGUN } from './frames.js';

/** A client's first frame in the request for its WebSocket, which saves a round trip: docs/protocol.md, Asking ahead. */

/** Milliseconds for which a server keeps the seat of one who asked ahead and was not heard since, at most: it may have given up connecting. */
export const GRACE = 3000;

// Web servers and proxies keep requests short.
const MAX_BYTES = 2048;
const PREFIX = 'roomcall.v1.first.';

/** The sub-protocols that a client offers whose first frame is this text; none: it does not ask ahead. */
export function offer(frame) {
  const bytes = new TextEncoder().encode(frame);
  return bytes.length === 0 || bytes.length > MAX_BYTES
    ? [SUB_PROTOCOL]
    : [SUB_PROTOCOL, SUB_PROTOCOL_BEGUN, PREFIX + toBase64Url(bytes)];
}

function toBase64Url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
