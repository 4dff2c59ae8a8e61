import { endOfText } from '../text.js';
import { maxDepth } from './peer-message-rules.js';

const quote = 34; // "
const comma = 44; // ,
const colon = 58; // :

/**
 * The fields of an object as they were written: in their order, each as often as it stands there, and with the text of its value.
 * @param {string} json One JSON object, which JSON.parse has taken: so no more is checked than what JSON.parse does not.
 * @returns {{ name: string, value: unknown, text: string }[] | null} Null: it is deeper than a message may be.
 */
export function fieldsOf(json) {
  const fields = [];
  let name = null;
  let depth = 0;
  let from = 0;
  const take = (end) => {
    if (name !== null) {
      const text = json.slice(from, end).trim();
      fields.push({ name, value: JSON.parse(text), text });
      name = null;
    }
  };

  for (let at = 0; at < json.length; at++) {
    const character = json.charCodeAt(at);
    if (character === quote) {
      const start = at;
      at = endOfText(json, start) - 1;
      if (depth === 1 && name === null) {
        name = JSON.parse(json.slice(start, at + 1));
      }
    } else if (isOpening(character)) {
      depth++;
      if (depth > maxDepth) {
        return null;
      }
    } else if (isClosing(character)) {
      if (depth === 1) {
        take(at);
      }

      depth--;
    } else if (depth === 1 && character === comma) {
      take(at);
    } else if (depth === 1 && character === colon) {
      from = at + 1;
    }
  }

  return fields;
}

// [ and {, ] and }: each pair is two apart.
const isOpening = (character) => character === 91 || character === 123;
const isClosing = (character) => character === 93 || character === 125;
