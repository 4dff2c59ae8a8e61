import { endOfText } from '../text.js';
import { FIELDS, FORM, REPEATED, TYPE } from './frame-fields.js';
import { endOfValue, skipSpace } from './json-text.js';

/**
 * Reads the fields of one frame. `JSON.parse` of the whole would not do: it takes the last of two fields of one name, and it does not give
 * a payload as it came. A payload that stands last, as senders put it, is not looked into: only where it ends is found. What a field says
 * is judged when the type is known: `brokenOf`.
 */
export class FrameReader {
  #values = new Map();
  #present = new Set();
  #repeated = new Set();

  /**
   * Reads a frame; it throws nothing, whatever the text is.
   * @returns {{ reader: FrameReader } | { error: string }}
   */
  static read(text) {
    const reader = new FrameReader();
    let error;
    try {
      error = reader.#read(text);
    } catch {
      // Not JSON, or half of a surrogate pair, which is no text.
      error = FORM;
    }

    return error ? { error } : { reader };
  }

  /** What a field says; undefined where it is absent or broken. */
  get(field) {
    return this.#values.get(field);
  }

  /** The sentence for the first field of a frame's type that is wrong, or null. */
  brokenOf(required, optional = []) {
    const fields = new Set([...required, ...optional]);
    if ([...fields].some((field) => this.#repeated.has(field))) {
      return REPEATED;
    }

    for (const [field, { sentence }] of FIELDS) {
      const isBroken = this.#present.has(field) && this.#values.get(field) === undefined;
      if ((fields.has(field) && isBroken) || (required.includes(field) && !this.#present.has(field))) {
        return sentence;
      }
    }

    return null;
  }

  #read(text) {
    const members = membersOf(text);
    if (!members) {
      return FORM;
    }

    const last = members.length - 1;
    members.forEach(([name, raw], index) => this.#readField(name, raw, index === last));
    if (this.#repeated.has('type')) {
      return REPEATED;
    }

    return this.get('type') === undefined ? TYPE : null;
  }

  #readField(name, raw, isLast) {
    const isUnread = name === 'payload' && isLast && !this.#present.has(name);
    const value = isUnread ? undefined : JSON.parse(raw);
    const field = FIELDS.get(name);
    if (!field || (value === null && name !== 'payload')) {
      return;
    }

    if (this.#present.has(name)) {
      this.#repeated.add(name);
      return;
    }

    this.#present.add(name);
    this.#values.set(name, field.read(value, raw));
  }
}

/** The members of a text that is one JSON object, each as its name and its value's text; null where it is none. */
function membersOf(text) {
  const members = [];
  let position = skipSpace(text, 0);
  if (text[position] !== '{') {
    return null;
  }

  position = skipSpace(text, position + 1);
  while (text[position] !== '}' || members.length > 0) {
    const nameEnd = text[position] === '"' ? endOfText(text, position) : 0;
    const colon = skipSpace(text, nameEnd);
    if (nameEnd === 0 || text[colon] !== ':') {
      return null;
    }

    const start = skipSpace(text, colon + 1);
    const end = endOfValue(text, start);
    if (end === 0) {
      return null;
    }

    members.push([JSON.parse(text.slice(position, nameEnd)), text.slice(start, end)]);
    position = skipSpace(text, end);
    if (text[position] === '}') {
      break;
    }

    if (text[position] !== ',') {
      return null;
    }

    position = skipSpace(text, position + 1);
  }

  return skipSpace(text, position + 1) === text.length ? members : null;
}
