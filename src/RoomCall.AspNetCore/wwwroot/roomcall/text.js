/** Of texts: whether UTF-8 has them, how long they are in it, and where one ends in JSON. */

/** Whether this is a text without half of a surrogate pair, which has no UTF-8. */
export function isWellFormed(text) {
  return typeof text === 'string' && !/\p{Surrogate}/u.test(text);
}

/**
 * The bytes of a text in UTF-8. Counted, not encoded: it may be large. A lone surrogate is sent as U+FFFD, three bytes like all others
 * above U+07FF.
 */
export function utf8Length(text) {
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

/** Where the text whose opening quote stands at `start` ends; 0 when it does not. */
export function endOfText(text, start) {
  for (let quote = text.indexOf('"', start + 1); quote > 0; quote = text.indexOf('"', quote + 1)) {
    // A quote ends the text unless it is escaped: an odd number of backslashes stands before it.
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') {
      backslashes++;
    }

    if (backslashes % 2 === 0) {
      return quote + 1;
    }
  }

  return 0;
}
