import { brokenBy, isTooLarge, sentences } from './peer-message-rules.js';

/**
 * Writes a message as one JSON value.
 * @param {import('./peer-message.js').PeerMessage} message
 * @returns {string}
 * @throws {TypeError} The message breaks a rule of the fields, or is too large; its `message` says which.
 */
export function encodePeerMessage(message) {
  const broken = brokenBy(message);
  if (broken !== null) {
    throw new TypeError(broken);
  }

  const json = JSON.stringify(wireOf(message), withoutDefaults);
  if (isTooLarge(json)) {
    throw new TypeError(sentences.size);
  }

  return json;
}

// The fields in the order in which they are written. The book's two messages that are texts stay texts.
function wireOf(message) {
  const { type, sdp, generation, iceRestart, canRestartIce, closeByMessage, channel, messages, reason } = message;
  switch (type) {
    case 'gotUserMedia': return 'got user media';
    case 'offer': return { type, sdp, generation, iceRestart, closeByMessage };
    case 'answer': return { type, sdp, generation, canRestartIce, closeByMessage };
    case 'candidate': {
      const { sdpMLineIndex: label, sdpMid: id, candidate, usernameFragment } = message.ice;
      return { type, label, id, candidate, generation, usernameFragment };
    }

    case 'closeChannel': return { type: 'close channel', channel, messages, generation };
    case 'restart': return { type, generation };
    default: return (reason ?? null) === null ? 'bye' : { type, reason };
  }
}

const withoutDefaults = (_, value) => (value === null || value === false ? undefined : value);
