// Offer and answer (S12, S13, S20, D1, D7, D8; RFC 9429).

import { applyPendingCandidates, sendPendingCandidates } from './candidates.js';
import { beConnected, beginRecovery, recover, replaceConnection } from './connection.js';
import { end } from './ending.js';
import { none } from './flow-state.js';
import { checkAndStart } from './gate.js';
import { nameOf } from './name-of.js';
import { park } from './parking.js';
import { askForOffer } from './rejoining.js';

// --- the offerer

export function makeOffer(turn, iceRestart) {
  const { state } = turn;
  state.generation = nextGeneration(state.generation);
  state.connectionGeneration = iceRestart ? state.connectionGeneration : state.generation;
  state.step = 'creatingOffer';
  state.isIceRestart = iceRestart;
  state.isRemoteDescriptionApplied = false;
  state.sentDescription = null;
  state.pendingRemoteCandidates = none;
  turn.emit({ type: 'createOffer', connection: state.connection, iceRestart });
}

export function onOfferCreated(turn, created) {
  if (isAt(turn.state, created.connection, 'creatingOffer')) {
    turn.state.step = 'applyingLocalOffer';
    turn.emit({ type: 'setLocalDescription', connection: created.connection, description: created.description });
  }
}

// S20: set as the local description, and then sent.
export function onLocalDescriptionApplied(turn, applied) {
  const { state } = turn;
  const { sdp } = applied.description;
  if (isAt(state, applied.connection, 'applyingLocalOffer')) {
    state.step = 'awaitingAnswer';
    state.signalingState = 'have-local-offer';
    const { closeByMessage } = turn.rules;
    const offer = Object.freeze({ type: 'offer', sdp, generation: state.generation, iceRestart: state.isIceRestart, closeByMessage });
    if (state.isStarted) {
      turn.tell(offer);
      sendPendingCandidates(turn, sdp);
    } else {
      park(turn, offer);
    }
  } else if (isAt(state, applied.connection, 'applyingLocalAnswer')) {
    state.signalingState = 'stable';
    const { canRestartIce, closeByMessage } = turn.rules;
    turn.tell({ type: 'answer', sdp, generation: state.generation, canRestartIce, closeByMessage });
    sendPendingCandidates(turn, sdp);
    finishNegotiation(turn);
  }
}

// S13.
export function onAnswer(turn, answer) {
  const { state } = turn;
  const generation = answer.generation ?? null;
  if (generation !== null && generation !== state.generation) {
    turn.drop('stale', `An answer of generation ${generation} came in generation ${state.generation}.`); // D7
    return;
  }

  if (state.step !== 'awaitingAnswer') {
    turn.drop('unexpected', 'An answer came that no offer waits for.'); // D8
    return;
  }

  state.step = 'applyingAnswer';
  state.canRemoteRestartIce = answer.canRestartIce || generation === null; // a book's peer is a browser, which can
  state.isRemoteClosingByMessage = answer.closeByMessage ?? false;
  state.isRemoteMediaReady = true;
  turn.emit({ type: 'setRemoteDescription', connection: state.connection, description: { type: 'answer', sdp: answer.sdp } });
}

// --- the answerer

// S12.
export function onOffer(turn, offer) {
  const { state } = turn;
  if (state.isInitiator) {
    turn.drop('unexpected', 'An offer came, but the server named this side the initiator.'); // D8
    return;
  }

  const generation = offer.generation ?? null;
  if (generation !== null ? generation <= state.remoteGeneration : state.remoteGeneration > 0) {
    turn.drop('stale', `An offer (generation ${generation ?? ''}) came again or late.`); // D7, D8
    return;
  }

  state.remoteGeneration = generation ?? nextGeneration(state.generation);
  state.isRemoteMediaReady = true;
  if (offer.iceRestart && (state.step === 'none' || state.step === 'awaitingOffer')) {
    turn.drop('unexpected', 'An offer came for a connection that this side has no more.');
    askForOffer(turn);
    return;
  }

  if (state.step === 'none') { // D1: it waits for local media
    state.pendingOffer = offer;
    checkAndStart(turn);
  } else if (state.step === 'awaitingOffer') {
    takeOffer(turn, offer);
  } else if (!offer.iceRestart) { // the other side has a new connection, so this side needs one too
    beginRecovery(turn);
    replaceConnection(turn);
    takeOffer(turn, offer);
  } else if (state.step === 'done') {
    beginRecovery(turn);
    takeOffer(turn, offer);
  } else { // it waits for the negotiation under way to end
    state.pendingOffer = offer;
  }
}

export function takeOffer(turn, offer) {
  const { state } = turn;
  state.generation = state.remoteGeneration;
  state.connectionGeneration = offer.iceRestart ? state.connectionGeneration : state.generation;
  state.isRemoteClosingByMessage = offer.closeByMessage ?? false;
  state.pendingOffer = null;
  state.isRemoteDescriptionApplied = false;
  state.sentDescription = null;
  state.step = 'applyingOffer';
  if (state.phase === 'negotiating') {
    turn.startTimer('negotiation');
  }

  turn.emit({ type: 'setRemoteDescription', connection: state.connection, description: { type: 'offer', sdp: offer.sdp } });
}

export function onAnswerCreated(turn, created) {
  if (isAt(turn.state, created.connection, 'creatingAnswer')) {
    turn.state.step = 'applyingLocalAnswer';
    turn.emit({ type: 'setLocalDescription', connection: created.connection, description: created.description });
  }
}

// --- both

export function onRemoteDescriptionApplied(turn, applied) {
  if (isAt(turn.state, applied.connection, 'applyingOffer')) {
    turn.state.signalingState = 'have-remote-offer';
    turn.state.step = 'creatingAnswer';
    applyPendingCandidates(turn);
    turn.emit({ type: 'createAnswer', connection: applied.connection });
  } else if (isAt(turn.state, applied.connection, 'applyingAnswer')) {
    turn.state.signalingState = 'stable';
    applyPendingCandidates(turn);
    finishNegotiation(turn);
  }
}

function finishNegotiation(turn) {
  const { state } = turn;
  state.step = 'done';
  if (state.pendingOffer !== null) {
    const next = state.pendingOffer;
    beginRecovery(turn);
    takeOffer(turn, next);
  } else if (state.isRestartWanted) {
    state.isRestartWanted = false;
    recover(turn);
  } else if (state.connectionState === 'connected') {
    beConnected(turn);
  } else if (state.phase === 'negotiating' && state.connectionState === 'failed') {
    recover(turn); // it failed while its first descriptions were exchanged
  } else if (state.phase === 'negotiating') {
    state.phase = 'connecting';
    turn.startTimer('connection');
  }
}

export function onOperationFailed(turn, failed) {
  if (failed.connection !== turn.state.connection) {
    return;
  }

  switch (failed.operation) {
    case 'addIceCandidate': // D8: one bad candidate harms nothing else
      turn.drop('malformed', `The engine refused a candidate: ${failed.detail}`);
      break;
    case 'createPeerConnection': // S17
      end(turn, 'peer-connection-failed', `The peer connection could not be made: ${failed.detail}`);
      break;
    default: // S20
      end(turn, 'negotiation-failed', `${nameOf(failed.operation)} failed: ${failed.detail}`);
      break;
  }
}

const highestGeneration = 2147483647;

// A peer may have offered the highest number there is; to the peer of the next call every number is new.
export const nextGeneration = (generation) => (generation === highestGeneration ? 1 : generation + 1);

const isAt = (state, connection, step) => state.connection === connection && state.step === step;
