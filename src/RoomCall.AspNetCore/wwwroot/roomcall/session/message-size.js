import { RoomCallError } from '../room-call-error.js';

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

// Counted, not encoded: a text may be large. A lone surrogate is sent as U+FFFD, three bytes like all others above U+07FF.
function utf8Length(text) {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7ff) {
      length += 2;
      if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
        i += 1; // a pair of two units has four bytes
      }
    } else if (unit > 0x7f) {
      length += 1;
    }
  }

  return length;
}
