import { endOfText, isWellFormed } from '../text.js';

/** Looks at JSON as text, where `JSON.parse` would lose what the protocol needs: where a value ends, and how deep it is. */

const STRUCTURE = /["{}[\]/']/g;
const SCALAR = /[A-Za-z0-9+\-.]*/y;

// One less than a frame may have, in which a payload stands one level deep.
const MAX_PAYLOAD_DEPTH = 63;

/** The first position from `position` on that holds no white space. */
export function skipSpace(text, position) {
  while (' \n\r\t'.includes(text[position] ?? 'x')) {
    position++;
  }

  return position;
}

/**
 * Where the value that begins at `start` ends, without looking into it: texts are skipped and brackets counted. It tells no broken value
 * from a whole one, but nothing in between can close what stands around it.
 * @returns {number} The position behind the value; 0 when there is none, or it does not end.
 */
export function endOfValue(text, start) {
  switch (text[start]) {
    case undefined: return 0;
    case '"': return endOfText(text, start);
    case '{':
    case '[': return endOfBrackets(text, start);
    default:
      SCALAR.lastIndex = start;
      SCALAR.exec(text);
      return SCALAR.lastIndex > start ? SCALAR.lastIndex : 0;
  }
}

/** Whether a text is one JSON value that a frame can carry: well formed, and not too deep. */
export function isPayload(text) {
  return isWellFormed(text) && isJson(text) && depthOf(text) <= MAX_PAYLOAD_DEPTH;
}

/** Whether a text is one JSON value. */
export function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function endOfBrackets(text, start) {
  let depth = 0;
  STRUCTURE.lastIndex = start;
  for (let found = STRUCTURE.exec(text); found; found = STRUCTURE.exec(text)) {
    switch (found[0]) {
      case '"': {
        const end = endOfText(text, found.index);
        if (end === 0) {
          return 0;
        }

        STRUCTURE.lastIndex = end;
        break;
      }

      case '{':
      case '[':
        depth++;
        break;

      case '/':
      case '\'':
        // A comment, or a text of JSON's looser kin: what they hide from one reader they show to another.
        return 0;

      default:
        depth--;
        if (depth === 0) {
          return found.index + 1;
        }
    }
  }

  return 0;
}

function depthOf(json) {
  let depth = 0;
  let deepest = 0;
  for (let position = 0; position < json.length; position++) {
    const character = json[position];
    if (character === '"') {
      position = endOfText(json, position) - 1;
    } else if (character === '{' || character === '[') {
      deepest = Math.max(deepest, ++depth);
    } else if (character === '}' || character === ']') {
      depth--;
    }
  }

  return deepest;
}
