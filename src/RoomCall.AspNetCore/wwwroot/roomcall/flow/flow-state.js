/**
 * All that the call flow knows. `CallState` of roomcall.d.ts is the part that a user sees.
 *
 * @typedef {object} FlowState
 * @property {import('../../roomcall.js').CallPhase} phase
 * @property {string | null} self
 * @property {string | null} remote The peer that this flow serves. While it is null, the channel is not ready.
 * @property {string | null} remoteName The name that the server told of the peer.
 * @property {boolean} isRemoteAway The peer has no connection to the server at present, and its seat is kept.
 * @property {boolean} isRemoteAbsent The server has forgotten the room, and the peer has not come into the new one yet: nothing can be
 *   said to it.
 * @property {boolean} isInitiator S9: with `remote`, `isStarted` and `localMedia` the four facts of the gate.
 * @property {boolean} isStarted
 * @property {import('../../roomcall.js').LocalMediaState} localMedia
 * @property {boolean} isRemoteMediaReady The other side has said `got user media`, or shown by an offer that it has it.
 * @property {number} generation The negotiation under way or done last; grows over the whole stay.
 * @property {number} remoteGeneration The highest generation that the present remote peer has offered: what is not above it is late.
 * @property {number} connectionGeneration The generation of the offer that the connection in hand began with, 0: none yet. A restart of
 *   ICE leaves it, and the channels, as they are.
 * @property {number} connection The number of the peer connection in hand, 0: none. Engine inputs carry it, so those of a closed one are
 *   told apart.
 * @property {number} lastConnection
 * @property {import('./negotiation-step.js').NegotiationStep} step
 * @property {RTCSignalingState} signalingState
 * @property {RTCPeerConnectionState} connectionState
 * @property {RTCDataChannelState} dataChannelState
 * @property {boolean} isRemoteDescriptionApplied The remote description of this generation is applied: remote candidates go to the
 *   engine, no longer into the queue.
 * @property {string | null} sentDescription The local description of this generation, once it was sent: then local candidates are sent,
 *   no longer queued.
 * @property {boolean} isIceRestart The offer under way restarts ICE on the connection in hand.
 * @property {object | null} parkedOffer The offer that was made ahead and parked, until a peer is in the room.
 * @property {object | null} pendingOffer An offer that waits: for local media (D1), or for the negotiation under way to end.
 * @property {boolean} isRestartWanted The other side has asked for a new offer while its answer is being applied.
 * @property {number} restartAskedOf The generation whose connection was lost and for which this side has asked the initiator for a new
 *   offer; 0: none.
 * @property {readonly object[]} pendingRemoteCandidates Remote candidates that wait for their remote description (D2).
 * @property {readonly RTCIceCandidateInit[]} pendingLocalCandidates Local candidates that wait until the description that they belong to
 *   was sent; while it is parked, all of them so far.
 * @property {boolean} canRemoteRestartIce
 * @property {boolean} isRemoteClosingByMessage The other side's engine cannot close a data channel so that this side sees it, nor see
 *   this side's closing.
 * @property {number} recoveryAttempts
 * @property {boolean} isSignalingInterrupted
 * @property {boolean} isLeaving The other side was told that the call ends, or there was nobody to tell, and leaving has begun.
 * @property {import('../../roomcall.js').CallEndReason | null} endReason Why the session ends, from `ending` on.
 * @property {number} phaseTimer Each running timer's number; 0: none runs. A timer that elapsed while it was being stopped has another
 *   number, and is ignored.
 * @property {number} mediaTimer
 * @property {number} disconnectedTimer
 * @property {number} signalingTimer
 * @property {number} lastTimer
 */

/** No candidates: what every empty queue is. */
export const none = Object.freeze([]);

/** @type {Readonly<FlowState>} */
export const initialState = Object.freeze({
  phase: 'joining',
  self: null,
  remote: null,
  remoteName: null,
  isRemoteAway: false,
  isRemoteAbsent: false,
  isInitiator: false,
  isStarted: false,
  localMedia: 'idle',
  isRemoteMediaReady: false,
  generation: 0,
  remoteGeneration: 0,
  connectionGeneration: 0,
  connection: 0,
  lastConnection: 0,
  step: 'none',
  signalingState: 'stable',
  connectionState: 'new',
  dataChannelState: 'connecting',
  isRemoteDescriptionApplied: false,
  sentDescription: null,
  isIceRestart: false,
  parkedOffer: null,
  pendingOffer: null,
  isRestartWanted: false,
  restartAskedOf: 0,
  pendingRemoteCandidates: none,
  pendingLocalCandidates: none,
  canRemoteRestartIce: false,
  isRemoteClosingByMessage: false,
  recoveryAttempts: 0,
  isSignalingInterrupted: false,
  isLeaving: false,
  endReason: null,
  phaseTimer: 0,
  mediaTimer: 0,
  disconnectedTimer: 0,
  signalingTimer: 0,
  lastTimer: 0,
});

/** S9: another peer is there to talk to. */
export const isChannelReady = (state) => state.remote !== null;

/**
 * The part that a user sees.
 * @param {FlowState} state
 * @returns {import('../../roomcall.js').CallState}
 */
export const toCallState = (state) => Object.freeze({
  phase: state.phase,
  self: state.self,
  remote: state.remote,
  remoteName: state.remoteName,
  isRemoteAway: state.isRemoteAway || state.isRemoteAbsent,
  isInitiator: state.isInitiator,
  isChannelReady: isChannelReady(state),
  isStarted: state.isStarted,
  localMedia: state.localMedia,
  generation: state.generation,
  signalingState: state.signalingState,
  connectionState: state.connectionState,
  dataChannelState: state.dataChannelState,
  isSignalingInterrupted: state.isSignalingInterrupted,
  endReason: state.phase === 'ended' ? state.endReason : null,
});
