// The JSON of what one peer tells the other: the book's texts and objects (S11 to S15), with fields added. The forms are:
//
//   "got user media"
//   {"type":"offer","sdp":"v=0…","generation":3,"iceRestart":true,"closeByMessage":true}
//   {"type":"answer","sdp":"v=0…","generation":3,"canRestartIce":true,"closeByMessage":true}
//   {"type":"candidate","label":0,"id":"0","candidate":"candidate:…","generation":3,"usernameFragment":"ab"}
//   {"type":"restart","generation":3}
//   {"type":"close channel","channel":2,"messages":12,"generation":3}
//   "bye"
//   {"type":"bye","reason":"media-refused"}
//
// A field that is null or false is not written. When reading:
// - `type` may stand anywhere in the object, and {"type":"bye"} and {"type":"got user media"} are taken too.
// - A field that the type does not have is passed over, whatever its value.
// - A field that is null counts as absent. A field that the type has may stand once only.
// - `sdp`: text, not empty. `candidate`: text; empty says that no more follow.
// - `label`: 0 to 65535. `id`: text. A candidate has at least one of the two, unless no more follow.
// - `generation`: 1 to 2147483647, without fraction and exponent.
// - `channel`: 0 to 65534. `messages`: 0 to 9007199254740991, as an integer. Neither may be absent.
// - `reason`: 1 to 64 of a to z, 0 to 9 and the hyphen.
//
// tests/vectors/peer-messages.json has them all, and every client runs it.

/**
 * A message without a generation comes from a peer that knows only the book's fields, and is taken at its word.
 *
 * @typedef {{ readonly type: 'gotUserMedia' }} GotUserMedia The sender's local media is ready (S11).
 * @typedef {{ readonly type: 'offer', readonly sdp: string, readonly generation: number | null, readonly iceRestart: boolean,
 *   readonly closeByMessage: boolean }} Offer S12. `iceRestart`: for the connection that both have; else for a new one. `closeByMessage`: the
 *   sender's engine cannot close a data channel so that the other side sees it, nor see the other side's closing: both tell it by message.
 * @typedef {{ readonly type: 'answer', readonly sdp: string, readonly generation: number | null, readonly canRestartIce: boolean,
 *   readonly closeByMessage: boolean }} Answer S13. `canRestartIce`: the sender's engine can take an offer that restarts ICE.
 * @typedef {{ readonly type: 'candidate', readonly ice: RTCIceCandidateInit, readonly generation: number | null }} Candidate S14.
 * @typedef {{ readonly type: 'restart', readonly generation: number | null }} Restart The sender's connection of this generation is lost,
 *   and it asks the initiator for a new offer. A generation above all that either side has used: the sender has begun anew, and needs an
 *   offer for a new connection, of this generation at least.
 * @typedef {{ readonly type: 'closeChannel', readonly channel: number, readonly messages: number, readonly generation: number | null }}
 *   CloseChannel The sender has closed the data channel with this id after sending so many messages on it. `generation`: that of the offer
 *   that its connection began with.
 * @typedef {{ readonly type: 'bye', readonly reason: string | null }} Bye The sender's call has ended (S15). `reason`: a code of
 *   `CallEndCode`; null: it hung up.
 * @typedef {GotUserMedia | Offer | Answer | Candidate | Restart | CloseChannel | Bye} PeerMessage
 */

export { decodePeerMessage } from './peer-message-reader.js';
export { encodePeerMessage } from './peer-message-writer.js';
export { maxBytes } from './peer-message-rules.js';
