import { RoomCallError } from '../room-call-error.js';
import { utf8Length } from '../text.js';

/**
 * The bytes that a message has on the wire.
 *
 * @throws {RoomCallError} `invalid-argument` where it is neither a text nor bytes.
 */
export function sizeOf(data) {
  if (typeof data === 'string') {
    return utf8Length(data);
  }

  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) {
    return data.byteLength;
  }

  throw new RoomCallError('invalid-argument', 'A message is a string, an ArrayBuffer or a view of one.');
}

/** A message that waits keeps its bytes, whatever its sender does with the buffer. */
export function copyOf(data) {
  if (typeof data === 'string') {
    return data;
  }

  return ArrayBuffer.isView(data) ? data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) : data.slice(0);
}
