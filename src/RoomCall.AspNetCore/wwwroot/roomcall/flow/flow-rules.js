/**
 * What a session's options and its engine fix for the whole of its flow.
 * @typedef {object} FlowRules
 * @property {boolean} wantsMedia Local media is wanted; without it the gate needs none.
 * @property {boolean} continueWithoutMedia
 * @property {boolean} endWhenRemoteLeaves
 * @property {boolean} canRestartIce The engine can restart ICE; without it a lost connection is replaced by a new one.
 * @property {boolean} closeByMessage The engine cannot close a data channel so that the other side sees it, nor see the other side's closing.
 * @property {boolean} parkOffer Alone in the room, the initiator makes its offer ahead and leaves it with the server.
 * @property {number} maxRecoveryAttempts
 * @property {number} pendingCandidateLimit
 */

/** @type {Readonly<FlowRules>} */
export const defaultRules = Object.freeze({
  wantsMedia: false,
  continueWithoutMedia: false,
  endWhenRemoteLeaves: false,
  canRestartIce: true,
  closeByMessage: false,
  parkOffer: true,
  maxRecoveryAttempts: 3,
  pendingCandidateLimit: 256,
});
