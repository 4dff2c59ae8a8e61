import { isWellFormed, utf8Length } from '../text.js';

// What holds for the fields of a message, the same for writing and reading, and the sentence for each when it does not.

/** The most bytes that a message has in JSON, which is 256 KiB. The SDP of a call has 2 to 10 KiB. */
export const maxBytes = 256 * 1024;

/** The most levels of objects and arrays in each other. */
export const maxDepth = 16;

export const sentences = Object.freeze({
  size: 'The message is larger than 262144 bytes.',
  empty: 'The message is empty.',
  encoding: 'The message is not valid UTF-8.',
  json: 'The message is not one JSON value of at most 16 levels.',
  names: 'The message has a name or a type that holds half of a surrogate pair.',
  form: "The message is neither an object nor one of the texts 'got user media' and 'bye'.",
  type: "The field 'type' must be offer, answer, candidate, restart, close channel, bye or got user media.",
  sdp: "The field 'sdp' must be well-formed text that is not empty.",
  candidate: "The field 'candidate' must be well-formed text, empty when no more candidates follow.",
  place: "A candidate must have the field 'label' or the field 'id'.",
  label: "The field 'label' must be an integer from 0 to 65535.",
  id: "The field 'id' must be well-formed text.",
  usernameFragment: "The field 'usernameFragment' must be well-formed text.",
  generation: "The field 'generation' must be an integer from 1 to 2147483647.",
  iceRestart: "The field 'iceRestart' must be true or false.",
  canRestartIce: "The field 'canRestartIce' must be true or false.",
  closeByMessage: "The field 'closeByMessage' must be true or false.",
  channel: "The field 'channel' must be an integer from 0 to 65534.",
  messages: "The field 'messages' must be an integer from 0 to 9007199254740991.",
  reason: "The field 'reason' must be 1 to 64 characters of a to z, 0 to 9 and the hyphen.",
});

/**
 * The sentence of the first rule that the message breaks, or null. JavaScript lets any value stand in a field: its kind is a rule too.
 * @param {import('./peer-message.js').PeerMessage} message
 * @returns {string | null}
 */
export function brokenBy(message) {
  switch (message?.type) {
    case 'gotUserMedia': return null;
    case 'offer': return description(message) ?? truth(message, 'iceRestart') ?? truth(message, 'closeByMessage');
    case 'answer': return description(message) ?? truth(message, 'canRestartIce') ?? truth(message, 'closeByMessage');
    case 'candidate': return ice(message.ice) ?? number(message.generation);
    case 'closeChannel': return closing(message) ?? number(message.generation);
    case 'restart': return number(message.generation);
    case 'bye': return isAbsent(message.reason) || isReason(message.reason) ? null : sentences.reason;
    default: return sentences.type;
  }
}

/** A message's size in UTF-8, as far as it matters: what is surely small enough is not counted. */
export const isTooLarge = (json) =>
  json.length > maxBytes || (3 * json.length > maxBytes && utf8Length(json) > maxBytes);

const isAbsent = (value) => value === null || value === undefined;

const isInteger = (value, least, most) => Number.isInteger(value) && value >= least && value <= most;

const isReason = (reason) => typeof reason === 'string' && /^[a-z0-9-]{1,64}$/.test(reason);

const description = (message) =>
  (isWellFormed(message.sdp) && message.sdp !== '' ? number(message.generation) : sentences.sdp);

const number = (generation) => (isAbsent(generation) || isInteger(generation, 1, 2147483647) ? null : sentences.generation);

const truth = (message, field) => (isAbsent(message[field]) || typeof message[field] === 'boolean' ? null : sentences[field]);

function closing({ channel, messages }) {
  if (!isInteger(channel, 0, 65534)) {
    return sentences.channel;
  }

  return isInteger(messages, 0, Number.MAX_SAFE_INTEGER) ? null : sentences.messages;
}

function ice(candidate) {
  if (!isWellFormed(candidate?.candidate)) {
    return sentences.candidate;
  }

  const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
  if (!isAbsent(sdpMLineIndex) && !isInteger(sdpMLineIndex, 0, 65535)) {
    return sentences.label;
  }

  if (!isAbsent(sdpMid) && !isWellFormed(sdpMid)) {
    return sentences.id;
  }

  if (!isAbsent(usernameFragment) && !isWellFormed(usernameFragment)) {
    return sentences.usernameFragment;
  }

  // W3C WebRTC, addIceCandidate: a candidate that says neither where it belongs is a type error.
  return candidate.candidate !== '' && isAbsent(sdpMid) && isAbsent(sdpMLineIndex) ? sentences.place : null;
}
